"""Which certificates a client accepts, and the number and the words with which it refuses the others."""

import os
import socket
import ssl

from support import HOST, certificates
from support.certificates import DAY, Authority, Certificate, authority, localhost, now, otherhost, text_file
from support.keys import RsaKey
from support.tls import (
    BioPair, TlsServer, TlsTestCase, client_context, echo, folder, server_context, unverifying_context)

UNKNOWN_ISSUER = (20, "unable to get local issuer certificate")
NOT_FOR_THIS_NAME = "Hostname mismatch, certificate is not valid for '%s'."
NOT_FOR_THIS_ADDRESS = "IP address mismatch, certificate is not valid for '%s'."


def leaf(issuer=None, **keywords):
    """A certificate for localhost, with something odd."""
    return (issuer or authority()).issue("localhost", **{"names": ["localhost"], **keywords})


def sent_with(certificate, *others):
    """The same certificate, with these in the place of its chain."""
    return Certificate(
        certificate.der, certificate.key, certificate.serial, certificate.subject, [each.certificate for each in others]
    )


class VerificationCase(TlsTestCase):
    def accepts(self, certificate, hostname="localhost", context=None):
        """The pair that is connected after a client has accepted this certificate."""
        return BioPair(context or client_context(), server_context(certificate), hostname).connected()

    def refuses(self, certificate, code, text, hostname="localhost", context=None):
        """A client refuses this certificate. Gives what the server is told."""
        outcome = BioPair(context or client_context(), server_context(certificate), hostname).handshake()
        self.assertRefuses(code, text, outcome.client)
        self.assertIsInstance(outcome.server, ssl.SSLError)
        return outcome.server


class ChainTest(VerificationCase):
    def test_a_certificate_of_a_trusted_authority(self):
        self.accepts(localhost())

    def test_a_certificate_of_another_authority(self):
        told = self.refuses(leaf(Authority("Nobody")), *UNKNOWN_ISSUER)
        self.assertTold("TLSV1_ALERT_UNKNOWN_CA", told)

    def test_a_certificate_of_another_authority_of_the_same_name(self):
        self.refuses(leaf(Authority(authority().name)), *UNKNOWN_ISSUER)

    def test_nobody_is_trusted(self):
        self.refuses(localhost(), *UNKNOWN_ISSUER, context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))

    def test_a_self_signed_certificate(self):
        certificate = certificates.self_signed("localhost", names=["localhost"])
        told = self.refuses(certificate, 18, "self-signed certificate")
        self.assertTold("TLSV1_ALERT_UNKNOWN_CA", told)

    def test_a_self_signed_certificate_that_is_itself_trusted(self):
        certificate = certificates.self_signed("localhost", names=["localhost"])
        self.accepts(certificate, context=client_context(certificate))

    def test_a_self_signed_root_that_the_server_sends(self):
        other = Authority("Nobody")
        certificate = sent_with(leaf(other), other)
        self.refuses(certificate, 19, "self-signed certificate in certificate chain")

    def test_a_trusted_root_that_the_server_sends_too(self):
        self.accepts(sent_with(leaf(), authority()))

    def test_authorities_between(self):
        below = Authority("Below", above=authority())
        self.accepts(leaf(Authority("Further below", above=below)))

    def test_authorities_between_that_are_not_sent(self):
        below = Authority("Below", above=authority())
        self.refuses(sent_with(leaf(below)), *UNKNOWN_ISSUER)

    def test_authorities_between_that_are_not_sent_but_known(self):
        below = Authority("Below", above=authority())
        self.accepts(sent_with(leaf(below)), context=client_context(authority(), below))

    def test_certificates_sent_in_disorder_and_too_many(self):
        below = Authority("Below", above=authority())
        further = Authority("Further below", above=below)
        self.accepts(sent_with(leaf(further), Authority("Nobody"), below, further))

    def test_an_authority_between_is_no_root(self):
        below = Authority("Below", above=authority())
        self.refuses(leaf(below), 2, "unable to get issuer certificate", context=client_context(below))

    def test_an_authority_between_is_enough_where_part_of_a_chain_is(self):
        below = Authority("Below", above=authority())
        context = client_context(below)
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        self.accepts(leaf(below), context=context)

    def test_a_trusted_leaf_is_no_root(self):
        self.refuses(localhost(), *UNKNOWN_ISSUER, context=client_context(localhost()))

    def test_a_trusted_leaf_is_enough_where_part_of_a_chain_is(self):
        context = client_context(localhost())
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        self.accepts(localhost(), context=context)

    def test_a_leaf_cannot_issue(self):
        impostor = Authority("Impostor")
        owned = leaf()
        impostor.subject, impostor.key, impostor.certificate = owned.subject, owned.key, owned
        self.refuses(sent_with(leaf(impostor), impostor), 79, "invalid CA certificate")

    def test_more_authorities_between_than_are_allowed(self):
        root = Authority("Short", path_length=0)
        below = Authority("Below", above=root)
        self.refuses(leaf(below), 25, "path length constraint exceeded", context=client_context(root))

    def test_an_altered_certificate(self):
        good = leaf()
        altered = good.der[:-1] + bytes((good.der[-1] ^ 1,))
        certificate = Certificate(altered, good.key, good.serial, good.subject)
        told = self.refuses(certificate, 7, "certificate signature failure")
        self.assertIn(told.reason, ("TLSV1_ALERT_DECRYPT_ERROR", "SSLV3_ALERT_BAD_CERTIFICATE"))

    def test_rsa(self):
        self.accepts(certificates.rsa_localhost())

    def test_a_weak_key(self):
        certificate = leaf(key=RsaKey(1024))
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.set_ciphers("DEFAULT:@SECLEVEL=0")
        server.load_cert_chain(certificate.pem_file(folder()))
        failure = BioPair(server=server).handshake().client
        self.assertRefuses(66, "EE certificate key too weak", failure)

    def test_strict_rules(self):
        context = client_context()
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        self.accepts(localhost(), context=context)

    def test_each_version_of_tls(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version=version.name):
                self.accepts(localhost(), context=client_context(version=version))
                context = client_context(Authority("Nobody"), version=version)
                self.refuses(localhost(), *UNKNOWN_ISSUER, context=context)


class ExtensionTest(VerificationCase):
    def test_a_certificate_for_clients(self):
        told = self.refuses(leaf(purposes=[certificates.CLIENT]), 26, "unsuitable certificate purpose")
        self.assertTold("SSLV3_ALERT_UNSUPPORTED_CERTIFICATE", told)

    def test_a_certificate_for_something_else(self):
        self.refuses(leaf(purposes=["1.3.6.1.5.5.7.3.3"]), 26, "unsuitable certificate purpose")

    def test_a_certificate_for_nothing_in_particular(self):
        self.accepts(leaf(purposes=[]))

    def test_a_certificate_for_servers_alone(self):
        self.accepts(leaf(purposes=[certificates.SERVER]))

    def test_an_extension_that_is_critical_and_unknown(self):
        unknown = certificates.extension("1.2.3.4", b"\x05\x00", critical=True)
        self.refuses(leaf(extensions=[unknown]), 34, "unhandled critical extension")

    def test_an_extension_that_is_unknown_and_not_critical(self):
        self.accepts(leaf(extensions=[certificates.extension("1.2.3.4", b"\x05\x00")]))

    def test_an_authority_for_some_names_only(self):
        constraint = certificates.permitted_names(certificates.dns_name("good.test"))
        root = Authority("Narrow", extensions=[constraint])
        context = client_context(root)
        self.accepts(root.issue("a.good.test", names=["a.good.test"]), "a.good.test", context)
        self.refuses(leaf(root), 47, "permitted subtree violation", context=context)


class TimeTest(VerificationCase):
    def test_expired(self):
        certificate = leaf(not_before=now() - 9 * DAY, not_after=now() - DAY)
        told = self.refuses(certificate, 10, "certificate has expired")
        self.assertTold("SSLV3_ALERT_CERTIFICATE_EXPIRED", told)

    def test_not_yet_valid(self):
        certificate = leaf(not_before=now() + DAY, not_after=now() + 9 * DAY)
        told = self.refuses(certificate, 9, "certificate is not yet valid")
        self.assertTold("SSLV3_ALERT_BAD_CERTIFICATE", told)

    def test_an_expired_root(self):
        root = Authority("Old", not_before=now() - 9 * DAY, not_after=now() - DAY)
        self.refuses(leaf(root), 10, "certificate has expired", context=client_context(root))

    def test_an_expired_authority_between(self):
        below = Authority("Below", above=authority(), not_before=now() - 9 * DAY, not_after=now() - DAY)
        self.refuses(leaf(below), 10, "certificate has expired")

    def test_for_very_long(self):
        end = now().replace(year=9999, month=12, day=31)
        self.accepts(leaf(not_after=end))


class RevocationTest(VerificationCase):
    @classmethod
    def setUpClass(cls):
        cls.root = Authority("Revoking")
        cls.below = Authority("Revoking below", above=cls.root)
        cls.good = leaf(cls.root)
        cls.revoked = leaf(cls.root)
        cls.root.revoke(cls.revoked)

    def context(self, *lists, flags=ssl.VERIFY_CRL_CHECK_LEAF):
        context = client_context(self.root)
        context.verify_flags |= flags
        for each in lists:
            context.load_verify_locations(text_file(folder(), each))
        return context

    def test_a_revoked_certificate(self):
        context = self.context(self.root.crl_pem())
        told = self.refuses(self.revoked, 23, "certificate revoked", context=context)
        self.assertTold("SSLV3_ALERT_CERTIFICATE_REVOKED", told)

    def test_a_certificate_that_is_not_on_the_list(self):
        self.accepts(self.good, context=self.context(self.root.crl_pem()))

    def test_a_list_is_needed(self):
        self.refuses(self.good, 3, "unable to get certificate CRL", context=self.context())

    def test_lists_are_not_looked_at_unless_told(self):
        self.accepts(self.revoked, context=self.context(self.root.crl_pem(), flags=0))

    def test_an_expired_list(self):
        context = self.context(self.root.crl_pem(now() - 9 * DAY, now() - DAY))
        self.refuses(self.good, 12, "CRL has expired", context=context)

    def test_a_list_of_the_future(self):
        context = self.context(self.root.crl_pem(now() + DAY, now() + 9 * DAY))
        self.refuses(self.good, 11, "CRL is not yet valid", context=context)

    def test_a_list_of_another_authority_of_the_same_name(self):
        context = self.context(Authority(self.root.name).crl_pem())
        self.assertEqual(context.cert_store_stats()["crl"], 1)
        self.refuses(self.good, 3, "unable to get certificate CRL", context=context)

    def test_of_a_leaf_only_its_own_authority_s_list_is_needed(self):
        self.accepts(leaf(self.below), context=self.context(self.below.crl_pem()))

    def test_of_a_chain_each_authority_s_list_is_needed(self):
        flags = ssl.VERIFY_CRL_CHECK_CHAIN
        certificate = leaf(self.below)
        context = self.context(self.below.crl_pem(), flags=flags)
        self.refuses(certificate, 3, "unable to get certificate CRL", context=context)
        self.accepts(certificate, context=self.context(self.below.crl_pem(), self.root.crl_pem(), flags=flags))

    def test_a_revoked_authority(self):
        root = Authority("Revoking its own")
        below = Authority("Revoked", above=root)
        root.revoke(below.certificate)
        context = client_context(root)
        context.load_verify_locations(text_file(folder(), root.crl_pem() + below.crl_pem()))
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN
        self.refuses(leaf(below), 23, "certificate revoked", context=context)

    def test_a_list_in_a_directory(self):
        path = os.path.join(folder(), "lists")
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, self.root.hashed_name + ".r0"), "w", encoding="ascii") as file:
            file.write(self.root.crl_pem())
        context = self.context()
        context.load_verify_locations(capath=path)
        self.refuses(self.revoked, 23, "certificate revoked", context=context)
        self.accepts(self.good, context=context)


class HostnameTest(VerificationCase):
    def fits(self, pattern, hostname):
        self.accepts(authority().issue("x", names=[pattern]), hostname)

    def does_not_fit(self, pattern, hostname):
        certificate = authority().issue("x", names=[pattern])
        self.refuses(certificate, 62, NOT_FOR_THIS_NAME % hostname, hostname)

    def test_another_name(self):
        told = self.refuses(otherhost(), 62, NOT_FOR_THIS_NAME % "localhost")
        self.assertTold("SSLV3_ALERT_BAD_CERTIFICATE", told)

    def test_one_of_several_names(self):
        certificate = authority().issue("x", names=["one.test", "localhost", "two.test"])
        self.accepts(certificate)
        self.accepts(certificate, "two.test")

    def test_the_case_of_letters_does_not_matter(self):
        self.fits("LOCALHOST", "localhost")
        self.fits("localhost", "LOCALHOST")

    def test_a_wildcard_stands_for_one_label(self):
        self.fits("*.example.test", "a.example.test")
        self.does_not_fit("*.example.test", "a.b.example.test")
        self.does_not_fit("*.example.test", "example.test")

    def test_a_wildcard_is_a_whole_label(self):
        self.does_not_fit("a*.example.test", "ab.example.test")
        self.does_not_fit("*a.example.test", "ba.example.test")
        self.does_not_fit("x*y.example.test", "xzy.example.test")

    def test_a_wildcard_is_the_first_label(self):
        self.does_not_fit("a.*.example.test", "a.b.example.test")

    def test_a_wildcard_does_not_stand_for_a_whole_domain(self):
        self.does_not_fit("*", "localhost")
        self.does_not_fit("*.test", "a.test")
        self.does_not_fit("*.*.test", "a.b.test")

    def test_international_names_are_compared_as_ascii(self):
        self.fits("xn--bcher-kva.test", "xn--bcher-kva.test")
        pair = self.accepts(authority().issue("x", names=["xn--bcher-kva.test"]), "b\xfccher.test")
        self.assertEqual(pair.client.server_hostname, "xn--bcher-kva.test")

    def test_a_wildcard_within_an_international_label_stands_for_nothing(self):
        self.does_not_fit("xn--*.example.test", "xn--bcher-kva.example.test")

    def test_a_dot_at_an_end_makes_another_name(self):
        self.does_not_fit("localhost.", "localhost")
        self.does_not_fit("localhost", "localhost.")

    def test_a_null_does_not_end_a_name(self):
        self.does_not_fit("localhost\x00.evil.test", "localhost")

    def test_a_uri_is_no_name(self):
        certificate = authority().issue("x", alternatives=[certificates.uri_name("https://localhost/")])
        self.refuses(certificate, 62, NOT_FOR_THIS_NAME % "localhost")

    def test_the_common_name_counts_where_no_dns_name_is(self):
        self.accepts(authority().issue("localhost"))
        self.accepts(authority().issue("localhost", addresses=["127.0.0.1"]))
        self.refuses(authority().issue("other.test"), 62, NOT_FOR_THIS_NAME % "localhost")

    def test_the_common_name_does_not_count_beside_a_dns_name(self):
        certificate = authority().issue("localhost", names=["other.test"])
        self.refuses(certificate, 62, NOT_FOR_THIS_NAME % "localhost")

    def test_the_common_name_can_be_left_out(self):
        context = client_context()
        context.hostname_checks_common_name = False
        self.refuses(authority().issue("localhost"), 62, NOT_FOR_THIS_NAME % "localhost", context=context)
        self.accepts(localhost(), context=context)

    def test_names_are_not_compared_unless_told(self):
        context = client_context()
        context.check_hostname = False
        self.accepts(localhost(), "other.test", context)
        self.accepts(localhost(), None, context)

    def test_the_chain_is_judged_before_the_name(self):
        self.refuses(leaf(Authority("Nobody")), *UNKNOWN_ISSUER, hostname="other.test")


class AddressTest(VerificationCase):
    def test_the_address_of_the_certificate(self):
        certificate = authority().issue("x", addresses=["127.0.0.1", "2001:db8::1"])
        for address in ("127.0.0.1", "2001:db8::1", "2001:DB8:0:0:0:0:0:1"):
            with self.subTest(address=address):
                self.accepts(certificate, address)

    def test_another_address(self):
        certificate = authority().issue("x", addresses=["127.0.0.1", "2001:db8::1"])
        for address in ("127.0.0.2", "2001:db8::2"):
            with self.subTest(address=address):
                self.refuses(certificate, 64, NOT_FOR_THIS_ADDRESS % address, address)

    def test_an_address_as_a_dns_name_is_no_address(self):
        certificate = authority().issue("x", names=["127.0.0.1"])
        self.refuses(certificate, 64, NOT_FOR_THIS_ADDRESS % "127.0.0.1", "127.0.0.1")

    def test_an_address_as_a_common_name_is_no_address(self):
        certificate = authority().issue("127.0.0.1")
        self.refuses(certificate, 64, NOT_FOR_THIS_ADDRESS % "127.0.0.1", "127.0.0.1")

    def test_a_name_is_no_address(self):
        self.refuses(otherhost(), 64, NOT_FOR_THIS_ADDRESS % "127.0.0.1", "127.0.0.1")

    def test_an_address_in_ipv6_form_is_another(self):
        certificate = authority().issue("x", addresses=["::ffff:127.0.0.1"])
        self.refuses(certificate, 64, NOT_FOR_THIS_ADDRESS % "127.0.0.1", "127.0.0.1")


class ModeTest(VerificationCase):
    def test_without_verification_anything_is_taken(self):
        certificate = leaf(Authority("Nobody"), not_before=now() - 9 * DAY, not_after=now() - DAY)
        for hostname in ("other.test", None):
            self.accepts(certificate, hostname, unverifying_context())

    def test_to_clients_optional_means_required(self):
        context = client_context(Authority("Nobody"))
        context.verify_mode = ssl.CERT_OPTIONAL
        self.refuses(localhost(), *UNKNOWN_ISSUER, context=context)


class LaterSettingsTest(VerificationCase):
    """A connection keeps to the rules that its context had when it was made."""

    def test_a_client_whose_context_verifies_no_more(self):
        context = client_context(Authority("Nobody"))
        pair = BioPair(context)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self.assertRefuses(*UNKNOWN_ISSUER, pair.handshake().client)

    def test_a_client_whose_context_looks_at_no_names_any_more(self):
        context = client_context()
        pair = BioPair(context, hostname="other.test")
        context.check_hostname = False
        self.assertRefuses(62, NOT_FOR_THIS_NAME % "other.test", pair.handshake().client)

    def test_a_client_whose_context_verifies_by_now(self):
        context = unverifying_context()
        pair = BioPair(context)
        context.verify_mode = ssl.CERT_REQUIRED
        self.assertEqual(pair.handshake(), (None, None))

    def test_a_client_with_another_context(self):
        pair = BioPair(client_context(Authority("Nobody")))
        pair.client.context = unverifying_context()
        self.assertRefuses(*UNKNOWN_ISSUER, pair.handshake().client)

    def test_another_context_brings_its_trust(self):
        pair = BioPair(client_context(Authority("Nobody")))
        pair.client.context = client_context()
        self.assertEqual(pair.handshake(), (None, None))

    def test_a_socket(self):
        context = client_context(Authority("Nobody"))
        with TlsServer(self, server_context(), echo) as server:
            plain = self.bounded(socket.socket())
            wrapped = context.wrap_socket(plain, server_hostname="localhost", do_handshake_on_connect=False)
            self.bounded(wrapped).connect(server.address)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            with self.assertRaises(ssl.SSLCertVerificationError) as caught:
                wrapped.do_handshake()
            self.assertRefuses(*UNKNOWN_ISSUER, caught.exception)
            wrapped.close()

    def demanding(self, mode):
        """A server's context that asks its clients for certificates in this mode."""
        context = server_context()
        context.load_verify_locations(cadata=authority().pem)
        context.verify_mode = mode
        return context

    def demands(self, pair):
        return getattr(pair.handshake().server, "reason", None) == "PEER_DID_NOT_RETURN_A_CERTIFICATE"

    def test_a_server_whose_context_has_another_mode(self):
        for before, after in ((ssl.CERT_NONE, ssl.CERT_REQUIRED), (ssl.CERT_REQUIRED, ssl.CERT_NONE)):
            with self.subTest(before=before.name, after=after.name):
                context = self.demanding(before)
                pair = BioPair(server=context)
                context.verify_mode = after
                self.assertIs(self.demands(pair), before is ssl.CERT_REQUIRED)

    def test_a_server_that_takes_a_context_of_another_mode(self):
        for before, after in ((ssl.CERT_NONE, ssl.CERT_REQUIRED), (ssl.CERT_REQUIRED, ssl.CERT_NONE)):
            with self.subTest(before=before.name, after=after.name):
                context, other = self.demanding(before), self.demanding(after)
                context.sni_callback = lambda end, name, initial, other=other: setattr(end, "context", other)
                self.assertIs(self.demands(BioPair(server=context)), before is ssl.CERT_REQUIRED)

    def test_versions(self):
        for end in ("client", "server"):
            with self.subTest(end=end):
                contexts = {"client": client_context(), "server": server_context()}
                pair = BioPair(**contexts)
                contexts[end].maximum_version = ssl.TLSVersion.TLSv1_2
                self.assertEqual(pair.connected().client.version(), "TLSv1.3")

    def test_versions_of_the_context_that_a_server_takes(self):
        context, other = server_context(), server_context(version=ssl.TLSVersion.TLSv1_2)
        context.sni_callback = lambda end, name, initial: setattr(end, "context", other)
        self.assertEqual(BioPair(server=context).connected().client.version(), "TLSv1.3")

    def test_the_ciphers_of_the_context_that_a_server_takes(self):
        context, other = server_context(version=ssl.TLSVersion.TLSv1_2), server_context()
        other.set_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256")
        context.sni_callback = lambda end, name, initial: setattr(end, "context", other)
        pair = BioPair(server=context).connected()
        self.assertEqual(pair.client.cipher()[:2], ("ECDHE-ECDSA-AES128-GCM-SHA256", "TLSv1.2"))


class ConnectionTest(VerificationCase):
    """The same over sockets."""

    def test_a_refusal_closes_the_socket(self):
        context = client_context(Authority("Nobody"))
        with TlsServer(self, server_context(), echo) as server:
            wrapped = self.bounded(context.wrap_socket(self.plain(), server_hostname="localhost"))
            with self.assertRaises(ssl.SSLCertVerificationError) as caught:
                wrapped.connect(server.address)
            self.assertRefuses(*UNKNOWN_ISSUER, caught.exception)
            wrapped.close()
        self.assertTold("TLSV1_ALERT_UNKNOWN_CA", server.failures[0])

    def plain(self):
        return self.bounded(socket.socket())

    def test_both_ends_of_a_refusal(self):
        outcome = self.outcome(client_context(Authority("Nobody")))
        self.assertRefuses(*UNKNOWN_ISSUER, outcome.client)
        self.assertTold("TLSV1_ALERT_UNKNOWN_CA", outcome.server)

    def test_wrong_names(self):
        outcome = self.outcome(server=server_context(otherhost()))
        self.assertRefuses(62, NOT_FOR_THIS_NAME % "localhost", outcome.client)

    def test_addresses(self):
        self.assertEqual(self.outcome(hostname=HOST), (None, None))
        outcome = self.outcome(server=server_context(otherhost()), hostname=HOST)
        self.assertRefuses(64, NOT_FOR_THIS_ADDRESS % HOST, outcome.client)

    def test_one_context_serves_many_connections(self):
        client, server = client_context(), server_context()
        for _ in range(3):
            self.assertEqual(self.outcome(client, server), (None, None))
            refused = self.outcome(client, server, "other.test")
            self.assertRefuses(62, NOT_FOR_THIS_NAME % "other.test", refused.client)
