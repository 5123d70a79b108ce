"""The codec "charmap". Without a table it is Latin-1, which GraalPy's charmap_encode does not know."""

import codecs


def _encode(text, errors="strict", mapping=None):
    if mapping is not None:
        return codecs.charmap_encode(text, errors, mapping)
    return codecs.latin_1_encode(text, errors)


def _decode(data, errors="strict", mapping=None):
    if mapping is not None:
        return codecs.charmap_decode(data, errors, mapping)
    return codecs.latin_1_decode(data, errors)


class Codec(codecs.Codec):
    encode = staticmethod(_encode)
    decode = staticmethod(_decode)


class IncrementalEncoder(codecs.IncrementalEncoder):
    def __init__(self, errors="strict", mapping=None):
        super().__init__(errors)
        self.mapping = mapping

    def encode(self, input, final=False):
        return _encode(input, self.errors, self.mapping)[0]


class IncrementalDecoder(codecs.IncrementalDecoder):
    def __init__(self, errors="strict", mapping=None):
        super().__init__(errors)
        self.mapping = mapping

    def decode(self, input, final=False):
        return _decode(input, self.errors, self.mapping)[0]


class StreamWriter(Codec, codecs.StreamWriter):
    def __init__(self, stream, errors="strict", mapping=None):
        super().__init__(stream, errors)
        self.mapping = mapping

    def encode(self, input, errors="strict"):
        return _encode(input, errors, self.mapping)


class StreamReader(Codec, codecs.StreamReader):
    def __init__(self, stream, errors="strict", mapping=None):
        super().__init__(stream, errors)
        self.mapping = mapping

    def decode(self, input, errors="strict"):
        return _decode(input, errors, self.mapping)


def getregentry():
    return codecs.CodecInfo(
        name="charmap",
        encode=_encode,
        decode=_decode,
        incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder,
        streamwriter=StreamWriter,
        streamreader=StreamReader,
    )
