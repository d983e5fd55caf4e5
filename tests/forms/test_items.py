"""The seed catalogue: what its files promise to citizens and clerks."""

import pytest

from forms import ITEMS_DIR, check_items, clean, digest, load_items, sm3

# The fifteen of the seed catalogue, what acts on their licences, the upper levels, and the hotline.
SEED = (
    "birth-registration", "construction-permit", "doctor-registration", "extreme-poverty-confirmation",
    "extreme-poverty-support", "food-licence-cancellation", "food-licence-change", "food-licence-renewal",
    "food-licence-replacement", "food-licence-revocation", "food-licence-striking-off", "food-licence",
    "hotline-order", "identity-card", "individual-business", "living-allowance-confirmation", "living-allowance",
    "planning-permit", "public-place-hygiene", "residence-permit", "resident-pension", "road-freight", "senior-card",
    "social-security-card",
)  # fmt: skip


def test_every_seed_item_checks_without_remark():
    assert check_items(ITEMS_DIR) == []
    assert tuple(load_items(ITEMS_DIR)) == SEED


def test_an_online_restaurant_uploads_three_files_and_fetches_two(items):
    asked = items["food-licence"].required_materials({"applicant_role": "self"})
    assert [m.code for m in asked if not m.shared] == ["layout", "safety-rules", "health-certificates"]
    assert [m.code for m in asked if m.shared] == ["business-licence", "representative-id"]


def test_an_agent_also_brings_a_letter_of_authority(items):
    asked = items["food-licence"].required_materials({"applicant_role": "agent"})
    assert "authorisation" in [m.code for m in asked]


def test_health_certificates_may_follow_later(items):
    assert items["food-licence"].missing({}, {"layout", "safety-rules"}) == []


def test_selling_only_prepackaged_food_needs_no_licence(items):
    food = items["food-licence"]
    assert "备案" in food.stop({"only_prepackaged": "yes"}).text.zh
    assert food.stop({"only_prepackaged": "no"}) is None
    assert food.stop({}) is None


def test_two_officers_check_the_kitchen_and_the_director_decides_last(items):
    steps = items["food-licence"].procedure.steps
    assert [(s.code, s.role, s.officers) for s in steps] == [
        ("site_check", "reviewer", 2),
        ("review", "reviewer", 0),
        ("decision", "director", 0),
    ]


def test_the_residence_permit_counts_calendar_days(items):
    permit = items["residence-permit"]
    assert (permit.statutory.n, permit.statutory.unit, permit.statutory.verified) == (
        15,
        "calendar_days",
        True,
    )
    assert permit.promised.n == 10


@pytest.mark.parametrize("proof", ["proof-of-home", "proof-of-work", "proof-of-study"])
def test_one_of_three_proofs_is_enough_for_a_residence_permit(items, proof):
    assert items["residence-permit"].missing({}, {"photo", proof}) == []


def test_without_any_proof_one_sentence_names_all_three(items):
    (problem,) = items["residence-permit"].missing({}, {"photo"})
    assert problem["material"] == "proof-of-home"
    assert all(word in problem["zh"] for word in ("居住地住址证明", "就业证明", "就读证明"))


def test_registering_an_individual_business_is_one_instant_step(items):
    business = items["individual-business"]
    assert business.case_type == "instant"
    assert [(s.code, s.role, s.commands) for s in business.procedure.steps] == [
        ("decision", "reviewer", ("grant", "refuse"))
    ]


def test_a_declaration_replaces_the_proof_of_premises(items):
    business = items["individual-business"]
    assert business.missing({"premises_proof": "declaration"}, set()) == []
    assert [p["material"] for p in business.missing({"premises_proof": "upload"}, set())] == [
        "premises-proof"
    ]


def test_the_hotline_order_is_not_listed_and_follows_its_own_procedure(items):
    order = items["hotline-order"]
    assert (order.kind, order.listed, order.procedure.kind) == ("order", False, "order")
    assert [s.code for s in order.procedure.steps] == ["triage", "sign", "handle", "callback"]


def test_a_caller_need_only_say_what_and_how_to_be_reached(items):
    order = items["hotline-order"]
    said = {
        "category": "complaint",
        "title": "办理太慢",
        "content": "食品许可一直没有消息",
        "contact_phone": "19900000001",
    }
    assert clean(order.fields, {name: [text] for name, text in said.items()}).values == said


def test_a_version_is_frozen_by_a_hash_of_its_whole_content(club):
    again = club.model_copy(update={"visits": 2})
    assert len(club.hash) == 64
    assert club.hash == type(club).model_validate(club.model_dump()).hash
    assert type(club).model_validate(again.model_dump()).hash != club.hash


def test_sm3_gives_the_published_digest_with_and_without_openssl(monkeypatch):
    # GB/T 32905 appendix A.1
    abc = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abc").hex() == abc
    monkeypatch.setattr(digest, "HASHLIB_SM3", False)
    assert sm3(b"abc").hex() == abc


def test_a_stored_version_reads_back_as_the_same_item(items):
    for item in items.values():
        assert type(item).model_validate_json(item.model_dump_json()) == item
