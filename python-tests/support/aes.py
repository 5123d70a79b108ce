"""AES in CBC mode (FIPS 197, SP 800-38A), enciphering only and slow: it puts a password on the keys that tests make."""


def _times_two(byte):
    byte <<= 1
    return byte ^ 0x11B if byte & 0x100 else byte


def _substitutes():
    """The substitution table: each byte's inverse in the field, through the affine step."""
    table = [0] * 256
    power = inverse = 1
    while True:
        power ^= _times_two(power)
        for shift in (1, 2, 4):
            inverse ^= inverse << shift
        inverse &= 0xFF
        if inverse & 0x80:
            inverse ^= 0x09
        rotations = [(inverse << count | inverse >> 8 - count) & 0xFF for count in range(5)]
        table[power] = rotations[0] ^ rotations[1] ^ rotations[2] ^ rotations[3] ^ rotations[4] ^ 0x63
        if power == 1:
            break
    table[0] = 0x63
    return bytes(table)


_SUBSTITUTES = _substitutes()


def _round_keys(key):
    words = [key[at : at + 4] for at in range(0, len(key), 4)]
    in_key = len(words)
    constant = 1
    while len(words) < 4 * (in_key + 7):
        word = words[-1]
        if len(words) % in_key == 0:
            word = (word[1:] + word[:1]).translate(_SUBSTITUTES)
            word = bytes((word[0] ^ constant,)) + word[1:]
            constant = _times_two(constant)
        elif in_key > 6 and len(words) % in_key == 4:
            word = word.translate(_SUBSTITUTES)
        words.append(_xor(words[-in_key], word))
    return [b"".join(words[at : at + 4]) for at in range(0, len(words), 4)]


def _xor(left, right):
    return bytes(a ^ b for a, b in zip(left, right))


def _mixed(column):
    a, b, c, d = column
    every = a ^ b ^ c ^ d
    return bytes(
        this ^ every ^ _times_two(this ^ following) for this, following in ((a, b), (b, c), (c, d), (d, a))
    )


def _block(block, round_keys):
    state = _xor(block, round_keys[0])
    for number, round_key in enumerate(round_keys[1:], 1):
        state = state.translate(_SUBSTITUTES)
        state = bytes(state[(at + 4 * (at % 4)) % 16] for at in range(16))
        if number < len(round_keys) - 1:
            state = b"".join(_mixed(state[at : at + 4]) for at in range(0, 16, 4))
        state = _xor(state, round_key)
    return state


def cbc(key, initial, plain):
    """`plain` with its padding (PKCS #7), enciphered by a key of 16, 24 or 32 bytes."""
    padding = 16 - len(plain) % 16
    plain += bytes((padding,)) * padding
    round_keys = _round_keys(key)
    blocks = [initial]
    for at in range(0, len(plain), 16):
        blocks.append(_block(_xor(plain[at : at + 16], blocks[-1]), round_keys))
    return b"".join(blocks[1:])
