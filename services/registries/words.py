"""What the registers are called."""

from services.registries.exchange import register_of

Words = dict[str, str]

REGISTERS: dict[str, Words] = {
    "population": {"zh": "人口库", "en": "the population register"},
    "legal-persons": {"zh": "法人库", "en": "the register of legal persons"},
    "licences": {"zh": "证照库", "en": "the register of licences"},
    "credit": {"zh": "信用库", "en": "the credit register"},
    "geography": {"zh": "地理库", "en": "the geographic register"},
    "civil-affairs": {"zh": "民政数据", "en": "the civil affairs records"},
    "health": {"zh": "卫生健康数据", "en": "the health records"},
    "social-insurance": {"zh": "社会保险数据", "en": "the social insurance records"},
    "real-estate": {"zh": "不动产登记数据", "en": "the real estate records"},
}


def register_words(query: str) -> Words:
    """The register that answers a query; one that has no words yet goes by its own name."""
    register = register_of(query)
    return REGISTERS.get(register, {"zh": register, "en": register})


# What their answers' facts are called.
FACTS: dict[str, Words] = {
    "name": {"zh": "姓名（名称）", "en": "Name"},
    "document": {"zh": "证件", "en": "Identity paper"},
    "birth": {"zh": "出生日期", "en": "Day of birth"},
    "sex": {"zh": "性别", "en": "Sex"},
    "address": {"zh": "住址（住所）", "en": "Address"},
    "region": {"zh": "行政区划", "en": "Region"},
    "credit_code": {"zh": "统一社会信用代码", "en": "Credit code"},
    "kind": {"zh": "类型", "en": "Kind"},
    "scope": {"zh": "经营范围", "en": "Scope of business"},
    "established": {"zh": "成立日期", "en": "Established"},
    "status": {"zh": "登记状态", "en": "Status"},
    "standing": {"zh": "信用状况", "en": "Standing"},
    "records": {"zh": "失信记录", "en": "Records of bad faith"},
    "licences": {"zh": "持有的证照", "en": "Licences held"},
    "spouse": {"zh": "配偶", "en": "Spouse"},
    "since": {"zh": "起始日期", "en": "Since"},
    "register": {"zh": "登记机关", "en": "Registered by"},
    "street": {"zh": "街道", "en": "Street office"},
    "employer": {"zh": "参保单位", "en": "Employer"},
    "certificate": {"zh": "证书编号", "en": "Certificate"},
    "born": {"zh": "出生日期", "en": "Day of birth"},
    "parents": {"zh": "父母", "en": "Parents"},
}
VALUES: dict[str, Words] = {
    "male": {"zh": "男", "en": "Male"},
    "female": {"zh": "女", "en": "Female"},
    "good": {"zh": "没有失信记录", "en": "No records of bad faith"},
    "yes": {"zh": "是", "en": "Yes"},
    "no": {"zh": "否", "en": "No"},
}
