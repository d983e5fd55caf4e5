"""The registration form: read by `forms`, with what only an account needs added."""

from collections.abc import Mapping
from typing import Any

from forms import Cleaned, clean, parse_fields
from services.people.accounts import credential_problems

FIELDS = parse_fields(
    [
        {
            "kind": "text",
            "name": "name",
            "label": {"zh": "姓名", "en": "Name"},
            "help": {"zh": "与身份证件上的一致", "en": "As on your identity paper"},
            "max_length": 50,
            "autocomplete": "name",
            "personal": True,
        },
        {
            "kind": "id_document",
            "name": "id_number",
            "label": {"zh": "身份证件", "en": "Identity paper"},
            "help": {
                "zh": "加密保存，页面上只显示一部分",
                "en": "Stored encrypted; pages show only a part of it",
            },
        },
        {
            "kind": "phone",
            "name": "phone",
            "label": {"zh": "手机号码", "en": "Mobile number"},
            "help": {"zh": "用来通知您办理进度", "en": "To tell you how your cases are going"},
            "personal": True,
        },
    ]
)

# Personal Information Protection Law arts. 17 and 35: who, what for, which data, how long, which rights.
NOTICE = parse_fields(
    [
        {
            "kind": "declaration",
            "name": "privacy",
            "label": {"zh": "个人信息处理告知", "en": "Privacy notice"},
            "statement": {
                "zh": "为办理政务服务事项，政务服务机构依法收集您的姓名、证件号码和联系电话。证件号码和电话加密保存，"
                "只有办理您事项的人员可以看到全部内容，每次查看都有记录。保存期限按档案管理规定执行。"
                "您可以在“我的账户”查看这些信息，并可到窗口或拨打 12345 要求更正。",
                "en": "To handle government services the service bodies collect, as the law provides, your name, "
                "the number of your identity paper and your telephone number. Numbers are stored encrypted; only "
                "those who handle your cases see them in full, and each look is recorded. They are kept as long as "
                "the rules on archives say. You can see them under “My account” and have them corrected at a "
                "counter or by calling 12345.",
            },
        },
    ]
)


def read(raw: Mapping[str, Any], lang: str) -> Cleaned:
    """Passwords are neither kept nor sent back to the page."""
    person, notice = clean(FIELDS, raw, lang), clean(NOTICE, raw, lang)
    problems = dict(person.problems)
    username, password, again = (first(raw, name) for name in ("username", "password", "password_again"))
    problems |= credential_problems(username, password)
    if "password" not in problems and again != password:
        problems["password_again"] = {
            "zh": "两次输入的密码不一样",
            "en": "The two passwords are not the same",
        }
    problems |= notice.problems
    kept = {**person.raw, **notice.raw, "username": [username]}
    return Cleaned({**person.values, **notice.values, "username": username}, problems, kept, person.lang)


def first(raw: Mapping[str, Any], name: str) -> str:
    given = raw.get(name) or [""]
    return given[0] if isinstance(given[0], str) else ""
