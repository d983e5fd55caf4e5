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
