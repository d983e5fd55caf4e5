from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from forms.documents import KINDS, render

from .reading import said_in, squeezed, text_of
from .samples import sample

HOSTILE = r"""#panic("x") [*粗*] _斜_ $x^2$ \ <lab> @ref `raw` // no /* no */ ~ -- "q" 'q' https://a.example = 标题"""
CASE_KINDS = [kind for kind in KINDS if kind not in ("licence", "order_reply")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_says_every_fact_it_was_given(kind):
    text = text_of(render(kind, sample(kind)))
    assert [said for said in said_in(sample(kind)) if said not in text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_usual_document_is_one_page(kind):
    assert len(PdfReader(BytesIO(render(kind, sample(kind)))).pages) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_tagged_chinese_and_titled_for_screen_readers(kind):
    pdf = PdfReader(BytesIO(render(kind, sample(kind))))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert sample(kind)["number"] in pdf.metadata.title
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_facts_are_the_same_bytes_and_carry_the_date_of_the_document(kind):
    first = render(kind, sample(kind))
    assert first == render(kind, sample(kind))
    assert PdfReader(BytesIO(first)).metadata.creation_date.date() == sample(kind)["date"]


def test_facts_that_came_back_from_json_make_the_same_document():
    from_log = sample("acceptance") | {"date": "2026-11-24", "legal_due": "2026-12-08"}
    assert render("acceptance", from_log) == render("acceptance", sample("acceptance"))


@pytest.mark.parametrize("kind", CASE_KINDS)
def test_what_a_citizen_writes_is_never_markup(kind):
    pdf = render(kind, sample(kind) | {"applicant": HOSTILE, "item": HOSTILE})
    assert squeezed(HOSTILE) in text_of(pdf)


def test_hostile_reasons_and_rows_stay_literal():
    refused = text_of(render("refusal", sample("refusal") | {"reasons": HOSTILE}))
    licensed = text_of(render("licence", sample("licence") | {"rows": [{"label": "字号", "value": HOSTILE}]}))
    assert squeezed(HOSTILE) in refused
    assert squeezed(HOSTILE) in licensed


def test_a_hundred_defects_flow_over_pages_and_none_is_lost():
    defects = [sample("correction")["defects"][0] | {"material": f"第{n}份材料"} for n in range(100)]
    pdf = render("correction", sample("correction") | {"defects": defects})
    pages = [squeezed(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]
    assert len(pages) > 3
    assert [n for n in range(100) if f"第{n}份材料" not in "".join(pages)] == []
    assert all("补正方法" in page for page in pages[:-1])


@pytest.mark.parametrize("kind", ["receipt", "grant", "refusal"])
def test_very_long_names_and_unbroken_words_are_printed_whole(kind):
    long = {
        "applicant": "示例有限公司" * 40,
        "item": "A" * 300,
        "agency": "湖南省示例市示例区市场监督管理局直属分局" * 2,
    }
    text = text_of(render(kind, sample(kind) | long))
    assert all(said in text for said in long.values())


def test_a_character_no_font_draws_is_named_and_does_not_stop_the_decision():
    text = text_of(render("grant", sample("grant") | {"applicant": "陈😀𬱖"}))
    assert "陈〔U+1F600〕𬱖" in text


def test_direction_overrides_do_not_reach_the_paper():
    assert "准予不" in text_of(render("grant", sample("grant") | {"decision": "准予\u202e不"}))


@pytest.mark.parametrize(
    ("kind", "change", "key"),
    [
        ("receipt", {"clerk": None}, "receipt.clerk"),
        ("receipt", {"clerk": "  "}, "receipt.clerk"),
        ("correction", {"defects": []}, "correction.defects"),
        ("correction", {"defects": [{"material": "营业执照"}]}, "correction.defects.0.problem"),
        ("refusal", {"court": ""}, "refusal.court"),
        ("grant", {"surprise": "x"}, "grant.surprise"),
        ("licence", {"verify_url": "javascript:alert(1)"}, "licence.verify_url"),
    ],
)
def test_facts_that_are_wrong_are_refused_by_name(kind, change, key):
    with pytest.raises(ValueError, match=key.replace(".", r"\.")):
        render(kind, sample(kind) | change)


def test_a_refusal_of_facts_tells_no_personal_data():
    with pytest.raises(ValueError, match="applicant") as refused:
        render("receipt", sample("receipt") | {"applicant": ["陈示例"]})
    assert "陈示例" not in str(refused.value)


def test_a_missing_fact_is_named():
    facts = sample("acceptance")
    del facts["accepted_on"]
    with pytest.raises(ValueError, match=r"acceptance\.accepted_on"):
        render("acceptance", facts)


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="no document kind 'diploma'"):
        render("diploma", {})


def test_a_receipt_is_not_an_acceptance_and_says_so():
    assert "本凭证不代表受理" in text_of(render("receipt", sample("receipt")))


def test_the_hour_of_receipt_is_the_hour_in_china():
    utc = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    assert "2026年11月24日01:30" in text_of(render("receipt", sample("receipt") | {"received_at": utc}))


def test_acceptance_by_silence_says_why_it_is_an_acceptance():
    """Licence Law art. 32(4)."""
    silent = text_of(render("acceptance", sample("acceptance") | {"deemed": True}))
    assert "视为受理" in silent
    assert "第三十二条第一款第四项" in silent
    assert "申请材料齐全" not in silent


@pytest.mark.parametrize("kind", ["non_acceptance", "refusal", "termination"])
def test_who_is_refused_is_told_where_and_until_when_to_fight_it(kind):
    text = text_of(render(kind, sample(kind)))
    assert "六十日内依法向示例区人民政府申请行政复议" in text
    assert "六个月内依法向示例区人民法院提起行政诉讼" in text


def test_an_item_under_another_law_prints_its_own_remedies():
    text = text_of(render("refusal", sample("refusal") | {"remedies": "可以在三十日内申诉。"}))
    assert "可以在三十日内申诉。" in text
    assert "六十日" not in text


@pytest.mark.parametrize(
    ("kind", "facts", "title"),
    [
        ("grant", {}, "准予行政许可决定书"),
        ("grant", {"licence": False}, "准予登记通知书"),
        ("grant", {"licence": False, "act": "确认"}, "准予确认通知书"),
        ("refusal", {}, "不予行政许可决定书"),
        ("refusal", {"licence": False}, "不予登记通知书"),
    ],
)
def test_only_a_licence_is_called_a_licence(kind, facts, title):
    text = text_of(render(kind, sample(kind) | facts | {"seal": "业务专用章"}))
    assert title in text
    assert ("行政许可" in text) == ("行政许可" in title)


@pytest.mark.parametrize("kind", KINDS)
def test_every_seal_is_marked_as_a_demonstration(kind):
    assert "示范" in text_of(render(kind, sample(kind) | {"agency": "某局"}))


def test_threads_print_side_by_side_without_mixing_facts():
    def printed(n: int) -> bool:
        return f"第{n}号店" in text_of(
            render("acceptance", sample("acceptance") | {"applicant": f"第{n}号店"})
        )

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(printed, range(40)))


def test_number_words_tell_the_kinds_apart():
    assert len({kind.number_word for kind in KINDS.values()}) == len(KINDS)
