"""Electronic seals: what a sealed document proves, and what nobody can take away from it or add to it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from pypdf import PdfReader

from forms.documents import KINDS, render
from services.signing.cms import check_detached, sign_detached
from services.signing.demo import DemoSeals
from services.signing.files import FiledSeals
from services.signing.pdf import check_pdf, sign_pdf
from services.signing.seals import NoSeal, NoSeals, common_name
from tests.documents.reading import text_of
from tests.documents.samples import sample

AT = datetime(2026, 11, 16, 1, 30, tzinfo=UTC)
BUREAU = ("11430199MB99001A33", "示例区市场监督管理局", "行政许可专用章")
URL = "https://onewindow.example/verify/8F3K2M7QXT41"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("seals")


@pytest.fixture(scope="module")
def seals(folder) -> DemoSeals:
    return DemoSeals(folder)


@pytest.fixture(scope="module")
def sealed(seals) -> bytes:
    return seal(seals, "grant")


def seal(seals, kind: str, **changes) -> bytes:
    return sign_pdf(render(kind, sample(kind) | changes), seals.seal(*BUREAU), AT, verify_url=URL)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_document_can_be_sealed_and_says_by_whom_and_when(kind, seals):
    found = check_pdf(seal(seals, kind), seals.roots, AT)
    assert found.state == "valid"
    assert (found.by, found.at, found.verify_url) == (
        "示例区市场监督管理局行政许可专用章 演示 DEMO",
        AT,
        URL,
    )
    assert found.demo


def test_sealing_changes_nothing_of_what_the_document_says(sealed):
    assert sealed.startswith(render("grant", sample("grant")))
    assert text_of(sealed) == text_of(render("grant", sample("grant")))


def test_the_field_lies_over_the_seal_on_the_last_page_and_is_tagged(seals):
    defects = [sample("correction")["defects"][0]] * 60
    pdf = PdfReader(BytesIO(seal(seals, "correction", defects=defects)))
    *others, last = pdf.pages
    assert len(others) > 1
    assert [page for page in others if "/Annots" in page] == []
    assert last["/Tabs"] == "/S"
    widget = last["/Annots"][0].get_object()
    left, bottom, right, top = widget["/Rect"]
    assert right - left == pytest.approx(top - bottom, abs=1)  # the seal is round
    numbers = pdf.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    form = numbers[numbers.index(widget["/StructParent"]) + 1].get_object()
    assert form["/S"] == "/Form"
    assert form["/K"][0]["/Obj"] == widget
    assert "电子印章" in form["/Alt"]
    assert form.indirect_reference in form["/P"]["/K"]


def test_a_document_stays_tagged_and_titled(sealed):
    root = PdfReader(BytesIO(sealed)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


def test_a_flipped_byte_anywhere_is_noticed(seals, sealed):
    """Anywhere but in the signature's own envelope, part of which only repeats what is known: `SM3` covers that too."""
    before, after = re.search(rb"/ByteRange \[\s*0 (\d+) (\d+) \d+\s*\]", sealed).groups()
    for at in range(0, len(sealed), 991):
        if not int(before) <= at < int(after):
            changed = bytearray(sealed)
            changed[at] ^= 1
            assert check_pdf(bytes(changed), seals.roots, AT).state != "valid", at


def test_nothing_may_be_added_after_the_seal(seals, sealed):
    assert check_pdf(sealed + b"\n% more", seals.roots, AT).state == "altered"
    again = sign_again(sealed, seals)
    assert check_pdf(again, seals.roots, AT).state == "altered"


def sign_again(pdf: bytes, seals) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    append_signature_field(writer, SigFieldSpec("Other"))
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def test_a_seal_of_somebody_we_do_not_know_is_a_stranger(tmp_path, seals):
    other = DemoSeals(tmp_path)
    assert check_pdf(seal(other, "grant"), seals.roots, AT).state == "stranger"


def test_what_was_never_sealed_claims_nothing(seals):
    assert check_pdf(render("grant", sample("grant")), seals.roots, AT).state == "unsigned"
    assert check_pdf(b"no pdf", seals.roots, AT).state == "unreadable"
    assert check_pdf(b"", seals.roots, AT).state == "unreadable"


def test_keys_are_for_their_owner_alone_and_stay_the_same(folder, seals, sealed):
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    again = DemoSeals(folder)
    assert again.roots == seals.roots
    assert again.seal(*BUREAU).certificate == seals.seal(*BUREAU).certificate
    assert check_pdf(sealed, again.roots, AT).state == "valid"


def test_two_that_start_at_once_have_one_authority(tmp_path):
    houses = [DemoSeals(tmp_path) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda house: house.seal(*BUREAU), houses))
    assert len({s.certificate.serial_number for s in found}) == 1
    assert len({h.roots[0].serial_number for h in houses}) == 1
    assert len(list(tmp_path.iterdir())) == 2


def test_a_key_that_others_can_read_is_not_used(tmp_path):
    DemoSeals(tmp_path).seal(*BUREAU)
    for file in tmp_path.iterdir():
        file.chmod(0o644)
    with pytest.raises(NoSeal, match="chmod 600"):
        DemoSeals(tmp_path).seal(*BUREAU)


def test_every_seal_of_a_demonstration_says_so_even_if_the_name_is_long(seals):
    for agency in ("局", "湖南省示例市示例区市场监督管理局直属分局" * 3):
        certificate = seals.seal("11430199MB99001A33", agency, "业务专用章").certificate
        assert common_name(certificate).endswith("演示 DEMO")
    assert "演示 DEMO" in common_name(seals.roots[0])


def test_a_department_brings_its_own_seal(tmp_path, seals):
    own = seals.seal(*BUREAU)
    secret = BestAvailableEncryption(b"open sesame")
    packed = serialize_key_and_certificates(b"seal", own.key, own.certificate, list(own.issuers), secret)
    files = {
        "11430199MB99001A33.p12": packed,
        "passphrase": b"open sesame\n",
        "roots.pem": seals.roots[0].public_bytes(Encoding.PEM),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        (tmp_path / name).chmod(0o600)
    filed = FiledSeals(tmp_path)
    assert check_pdf(seal(filed, "grant"), filed.roots, AT).state == "valid"
    with pytest.raises(NoSeal, match="11430199MB99005A9C"):
        filed.seal("11430199MB99005A9C", "公安分局", "业务专用章")


def test_a_folder_without_roots_is_refused_at_the_door(tmp_path):
    with pytest.raises(NoSeal, match="roots"):
        FiledSeals(tmp_path)


def test_without_seals_nothing_leaves_the_house():
    with pytest.raises(NoSeal, match="ONEWINDOW_SEALS"):
        NoSeals().seal(*BUREAU)


def test_a_list_is_sealed_apart_from_itself(seals):
    signature = sign_detached(seals.seal(*BUREAU), b"a list", AT)
    found = check_detached(signature, b"a list", AT, seals.roots)
    assert (found.holds, found.trusted, found.at) == (True, True, AT)
    assert common_name(found.root) == common_name(seals.roots[0])
    assert not check_detached(signature, b"a fist", AT, seals.roots).holds


def test_the_same_list_at_the_same_moment_has_the_same_signature(seals):
    own = seals.seal(*BUREAU)
    assert sign_detached(own, b"a list", AT) == sign_detached(own, b"a list", AT)
