"""Kinds of identity paper, as forms name them and as the house keeps them."""

from forms.fields import ID_TYPES
from services.people.papers import CODES, RESIDENT_ID, WORDS, paper_code


def test_every_paper_that_a_form_takes_has_a_code_and_a_way_back():
    assert set(ID_TYPES) <= set(CODES)
    assert all(paper_code(word) in WORDS for word in ID_TYPES)


def test_the_household_register_and_the_temporary_card_bear_the_one_number():
    assert {paper_code(word) for word in ("resident_id", "household_register", "temporary_id")} == {
        RESIDENT_ID
    }
