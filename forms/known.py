"""一号: what government knows already of whoever signs in, and what it can ask of itself. Two closed lists.

A field says `known: person.name` and is offered filled in; a material says `exchange: legal-persons.registration` and
is fetched, not asked for (在线政务服务的若干规定 art. 7). What answers them is a matter of `services`.
"""

from forms.text import Text

# path -> its words, and the kinds of field that can hold it
KNOWN: dict[str, tuple[Text, tuple[str, ...]]] = {
    "person.name": (Text(zh="姓名", en="Name"), ("text",)),
    "person.document": (Text(zh="证件类型和号码", en="Identity paper and its number"), ("id_document",)),
    "person.birth": (Text(zh="出生日期", en="Day of birth"), ("date",)),
    "person.sex": (Text(zh="性别", en="Sex"), ("choice", "text")),
    "person.address": (Text(zh="户籍地址", en="Registered address"), ("address", "text")),
    "person.region": (Text(zh="户籍地区划", en="Region of registration"), ("region",)),
    "organisation.name": (Text(zh="单位名称", en="Name of the organisation"), ("text",)),
    "organisation.credit_code": (Text(zh="统一社会信用代码", en="Credit code"), ("credit_code", "text")),
    "organisation.address": (Text(zh="住所", en="Registered address"), ("address", "text")),
    "organisation.region": (Text(zh="住所地区划", en="Region of the address"), ("region",)),
    "organisation.scope": (Text(zh="经营范围", en="Scope of business"), ("long_text", "text")),
    "organisation.legal_representative.name": (
        Text(zh="法定代表人（负责人）姓名", en="Name of the legal representative"),
        ("text",),
    ),
    "organisation.legal_representative.document": (
        Text(zh="法定代表人（负责人）证件", en="Identity paper of the legal representative"),
        ("id_document",),
    ),
    "contact.phone": (Text(zh="联系电话", en="Telephone"), ("phone",)),
    "contact.address": (Text(zh="联系地址", en="Postal address"), ("address", "text")),
    # 年度报告, which every company makes public by the middle of the next year
    "organisation.staff_count": (Text(zh="从业人数", en="Number of staff"), ("integer",)),
    "organisation.sells_online": (Text(zh="是否从事网络经营", en="Whether it sells online"), ("yes_no",)),
    "organisation.online_shop": (Text(zh="网店网址", en="Address of its online shop"), ("text",)),
    # no register has these: they come from the applicant's own earlier applications
    "organisation.food_safety_officer.name": (
        Text(zh="食品安全管理人员姓名", en="Name of the food safety officer"),
        ("text",),
    ),
    "organisation.food_safety_officer.phone": (
        Text(zh="食品安全管理人员电话", en="Telephone of the food safety officer"),
        ("phone",),
    ),
}

EXCHANGES: dict[str, Text] = {
    "population.identity": Text(zh="人口库：身份信息", en="Population register: identity"),
    "population.household": Text(zh="人口库：户籍信息", en="Population register: household"),
    "legal-persons.registration": Text(zh="法人库：登记信息", en="Register of legal persons: registration"),
    "legal-persons.representative": Text(
        zh="法人库：法定代表人", en="Register of legal persons: representative"
    ),
    "civil-affairs.marriage": Text(zh="民政：婚姻登记", en="Civil affairs: marriages"),
    "civil-affairs.minimum-allowance": Text(zh="民政：最低生活保障", en="Civil affairs: minimum allowance"),
    "health.birth": Text(zh="卫生健康：出生医学证明", en="Health: certificates of birth"),
    "social-insurance.contributions": Text(zh="人社：社会保险缴费", en="Social insurance: contributions"),
    "real-estate.title": Text(zh="自然资源：不动产登记", en="Natural resources: title to real estate"),
    "credit.record": Text(zh="信用信息：失信记录", en="Credit: records of bad faith"),
    "population.kin": Text(zh="人口库：亲属和监护", en="Population register: kin and guardians"),
    "legal-persons.annual-report": Text(zh="法人库：年度报告", en="Register of legal persons: annual report"),
    "legal-persons.roles": Text(zh="法人库：任职信息", en="Register of legal persons: roles"),
    "licences.held": Text(zh="证照库：持有的证照", en="Register of licences: licences held"),
    "geography.address": Text(zh="地理库：标准地址", en="Geographic register: standard address"),
}
