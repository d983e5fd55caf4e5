"""Sealing a PDF: PAdES B-B, as an update behind the file that the press made; and reading what a sealed file proves.

The signature field lies over the seal that the press drew, and is tagged, so the file stays PDF/UA (ISO 14289-1, 7.18).
It certifies: after it nothing may be added.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Literal

from cryptography.x509 import Certificate, load_der_x509_certificate
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from services.signing.cms import DIGEST, context, sign_digest
from services.signing.seals import Seal, common_name, is_demo, organisation

_FIELD = "Seal"
_RESERVED = 16 * 1024  # hexadecimal digits for the CMS; two certificates take less than half
_DRAWN = "印章："  # how the press begins the alternative text of a seal


def sign_pdf(pdf: bytes, seal: Seal, at: datetime, *, verify_url: str) -> bytes:
    """The same file with the seal's signature behind it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    _field_over_seal(writer, common_name(seal.certificate))
    embedding = PdfCMSEmbedder().write_cms(_FIELD, writer)
    next(embedding)
    signature = SignatureObject(
        timestamp=at,
        subfilter=SigSeedSubFilter.PADES,
        name=common_name(seal.certificate),
        contact_info=verify_url,
        bytes_reserved=_RESERVED,
    )
    certify = SigMDPSetup(md_algorithm=DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    embedding.send(SigObjSetup(sig_placeholder=signature, mdp_setup=certify))
    prepared, output = embedding.send(SigIOSetup(md_algorithm=DIGEST))
    embedding.send(sign_digest(seal, prepared.document_digest))
    return output.getvalue()


def _field_over_seal(writer: IncrementalPdfFileWriter, name: str) -> None:
    drawn = next(_seals_drawn(writer.root["/StructTreeRoot"]))
    page = drawn.raw_get("/Pg")
    number = _page_number(writer, page)
    append_signature_field(
        writer,
        SigFieldSpec(_FIELD, on_page=number, box=_box(drawn), readable_field_name=f"电子印章：{name}"),
    )
    _tag(writer, writer.root["/AcroForm"]["/Fields"][-1], page, drawn.raw_get("/P"), name)


def _seals_drawn(element: Any) -> Iterator[generic.DictionaryObject]:
    """From the end of the document, where the seal stands."""
    if not isinstance(element, generic.DictionaryObject):
        return
    if element.get("/S") == "/Figure" and str(element.get("/Alt", "")).startswith(_DRAWN):
        yield element
        return
    kids = element.get("/K")
    for kid in reversed(kids if isinstance(kids, generic.ArrayObject) else [kids]):
        yield from _seals_drawn(kid.get_object() if isinstance(kid, generic.IndirectObject) else kid)


def _box(drawn: generic.DictionaryObject) -> tuple[int, int, int, int]:
    layout = next(a for a in drawn["/A"] if "/BBox" in a)
    return tuple(round(float(x)) for x in layout["/BBox"])  # type: ignore[return-value]


def _page_number(writer: IncrementalPdfFileWriter, page: generic.IndirectObject) -> int:
    count = int(writer.root["/Pages"]["/Count"])
    return next(n for n in range(count) if writer.find_page_for_modification(n)[0].idnum == page.idnum)


def _tag(
    writer: IncrementalPdfFileWriter,
    field: generic.IndirectObject,
    page: generic.IndirectObject,
    parent: generic.IndirectObject,
    name: str,
) -> None:
    """A widget lies within a Form element and points back to it through the parent tree."""
    tree = writer.root["/StructTreeRoot"]
    key = int(tree["/ParentTreeNextKey"])
    widget = generic.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): field, pdf_name("/Pg"): page}
    )
    form = writer.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/StructElem"),
                pdf_name("/S"): pdf_name("/Form"),
                pdf_name("/P"): parent,
                pdf_name("/Pg"): page,
                pdf_name("/Alt"): generic.pdf_string(f"电子印章：{name}"),
                pdf_name("/K"): generic.ArrayObject([widget]),
            }
        )
    )
    above = parent.get_object()
    above["/K"].append(form)
    writer.update_container(above["/K"])
    numbers = tree["/ParentTree"]["/Nums"]
    numbers.extend([generic.NumberObject(key), form])
    writer.update_container(numbers)
    tree[pdf_name("/ParentTreeNextKey")] = generic.NumberObject(key + 1)
    writer.update_container(tree)
    field.get_object()[pdf_name("/StructParent")] = generic.NumberObject(key)


@dataclass(frozen=True)
class Sealed:
    """What a PDF proves by itself.

    valid: sealed, unchanged, by somebody we believe. altered: changed after it was sealed. stranger: sealed and
    unchanged, but by somebody we don't know. unsigned: nothing is claimed. unreadable: no PDF that can be read.
    """

    state: Literal["valid", "altered", "stranger", "unsigned", "unreadable"]
    by: str = ""
    agency: str = ""
    at: datetime | None = None
    demo: bool = False
    verify_url: str = ""  # where the document says that it can be verified


def check_pdf(pdf: bytes, roots: Sequence[Certificate], moment: datetime) -> Sealed:
    """Takes some tens of milliseconds: call it in a thread."""
    try:
        signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if not signatures:
            return Sealed("unsigned")
        embedded = signatures[0]
        status = validate_pdf_signature(embedded, context(roots, moment))
        signer = load_der_x509_certificate(status.signing_cert.dump())
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        url = str(embedded.sig_object.get("/ContactInfo", ""))
    except Exception:  # a file from anywhere breaks a reader in any way
        return Sealed("unreadable")
    intact = whole and status.intact and status.valid and status.docmdp_ok is not False
    state = "altered" if not intact else "valid" if status.trusted else "stranger"
    at = embedded.self_reported_timestamp
    return Sealed(state, common_name(signer), organisation(signer), at, is_demo(signer), url)
