"""证件类型 as stored: the codes of GA/T 2000.156, which case exchange uses too (未核对: the standard itself was not read)."""

RESIDENT_ID = "111"
CREDIT_CODE = "uscc"  # GB 32100; organisations have no paper in that table

# By the words that form fields use (forms.ID_TYPES).
CODES = {
    "resident_id": RESIDENT_ID,
    "passport": "414",
    "tw_permit": "511",
    "hm_permit": "516",
    "foreign_residence": "553",
    "hmt_residence": "37",  # not in our copy of the table: the older provincial code
    "temporary_id": "112",
    "household_register": "113",
    "birth_certificate": "49",  # likewise: 其他个人有效证件
    "credit_code": CREDIT_CODE,
}
# Both bear the citizen's one number, so that whoever shows them is the one who later shows the card.
_BEAR_THE_CITIZENS_NUMBER = ("112", "113")
WORDS = {code: word for word, code in CODES.items()}


def paper_code(given: str) -> str:
    """The stored code for a form's word or for the code itself."""
    code = CODES.get(given, given)
    if code not in WORDS:
        raise ValueError(f"unknown kind of paper: {given!r}")
    return RESIDENT_ID if code in _BEAR_THE_CITIZENS_NUMBER else code
