"""A seal's signature as CMS (RFC 5652), the form in which PDF readers and archives read it.

pyHanko is loaded with this file: import it late, where something is about to be signed or checked.
"""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from services.signing.seals import Seal

DIGEST = "sha256"
# A signature that does not hold is an answer and no fault; and what a stranger's file says belongs in no log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


class Hand(Signer):
    """Lends a seal to pyHanko."""

    def __init__(self, seal: Seal) -> None:
        store = SimpleCertificateStore()
        for issuer in seal.issuers:
            store.register(translated(issuer))
        super().__init__(signing_cert=translated(seal.certificate), cert_registry=store, embed_roots=True)
        self._seal = seal

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        assert digest_algorithm == DIGEST
        return self._seal.sign(data)


def sign_digest(seal: Seal, digest: bytes) -> bytes:
    """For a PDF: PAdES keeps the time of signing outside the CMS."""
    signed = asyncio.run(Hand(seal).async_sign(digest, DIGEST, use_pades=True))
    return signed.dump()


def sign_detached(seal: Seal, content: bytes, at: datetime) -> bytes:
    attributes = PdfCMSSignedAttributes(signing_time=at)
    signing = Hand(seal).async_sign_general_data(content, DIGEST, signed_attr_settings=attributes)
    return asyncio.run(signing).dump()


@dataclass(frozen=True)
class Detached:
    """`trusted`: the signer's certificate leads to one of the given roots."""

    holds: bool
    trusted: bool
    signer: x509.Certificate
    root: x509.Certificate
    at: datetime | None


def check_detached(
    signature: bytes, content: bytes, moment: datetime, roots: Sequence[x509.Certificate] = ()
) -> Detached:
    """Without `roots`, the root inside the signature is taken at its word. Raises ValueError for what is no CMS."""
    signed = cms.ContentInfo.load(signature, strict=True)["content"]
    if not isinstance(signed, cms.SignedData):
        raise ValueError("no signed data")
    inside = [x509.load_der_x509_certificate(c.chosen.dump()) for c in signed["certificates"]]
    own_roots = [c for c in inside if c.subject == c.issuer]
    believed = list(roots) or own_roots
    status = asyncio.run(
        async_validate_detached_cms(content, signed, signer_validation_context=context(believed, moment))
    )
    signer = x509.load_der_x509_certificate(status.signing_cert.dump())
    return Detached(
        status.intact and status.valid,
        bool(status.trusted),
        signer,
        own_roots[0] if own_roots else signer,
        status.signer_reported_dt,
    )


def context(roots: Iterable[x509.Certificate], moment: datetime) -> ValidationContext:
    """Offline: what is believed is given, and nothing is asked of a network."""
    return ValidationContext(
        trust_roots=[translated(r) for r in roots],
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def translated(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
