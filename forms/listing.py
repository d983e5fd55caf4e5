"""Elements of the implementation list (实施清单要素) that say of an item who offers it, to whom, where and how.

All are optional: what is not said is not offered, and an item that uses none of them keeps its hash.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from forms.hashing import unsaid
from forms.tables import (
    Area,
    Body,
    Channel,
    LifeEvent,
    OrganisationTopic,
    PersonTopic,
    PowerSource,
    Server,
    SpecialKind,
)
from forms.text import Definition, Said, Text

Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/\S*)?$", max_length=300)]


class Authority(Definition):
    """By what right the department does it. 行使层级 is in the implementation code, 实施主体 is `department`."""

    power_source: PowerSource | None = None  # 权力来源
    body: Body = "statutory"  # 实施主体性质
    entrusted_by: Text | None = None  # 委托部门
    joint: tuple[Text, ...] = ()  # 联办机构
    system: Text | None = None  # 运行系统


class Access(Definition):
    """Who may come, where, and by which ways."""

    servers: tuple[Server, ...] = ()  # 服务对象, finer than `audience`
    area: Area | None = None  # 通办范围
    channels: tuple[Channel, ...] = ()  # 办理形式
    center: bool = False  # 进驻政务大厅
    schedule: bool = False  # 支持预约
    express: bool = False  # 支持物流快递
    terminals: bool = False  # 支持自助终端
    pay_online: bool = False  # 支持网上支付
    computer: Url | None = None  # 计算机端办理地址; none where it is this very house
    mobile: Url | None = None  # 移动端办理地址


class Quantity(Definition):
    """数量限制. Licence Law art. 57: whoever was accepted first is granted first, unless the law says otherwise."""

    text: Text
    n: int | None = Field(default=None, ge=1)
    basis: Said
    verified: bool = False


class Intermediary(Definition):
    """中介服务 whose result is a material. 优化营商环境条例 art. 43: only by law, regulation or State Council decision."""

    name: Text
    material: str  # the code of what comes of it
    basis: Said
    verified: bool = False


class Special(Definition):
    """特别程序 that may come up. Whether its time counts is not the item's to say: the table knows (art. 45)."""

    kind: SpecialKind
    when: Text  # in which cases
    limit: Text | None = None  # how long it takes, as published
    basis: Said
    verified: bool = False


class Topics(Definition):
    """主题分类 and 人生事件: the shelves on which people look for it."""

    person: tuple[PersonTopic, ...] = ()
    organisation: tuple[OrganisationTopic, ...] = ()
    life: tuple[LifeEvent, ...] = ()


class Question(Definition):
    """常见问题."""

    ask: Text
    answer: Text


class LocalCodes(Definition):
    """地方编码: the codes that a local system used before, kept beside the national ones."""

    catalog_code: Annotated[str, StringConstraints(min_length=1, max_length=50)] | None = None
    task_code: Annotated[str, StringConstraints(min_length=1, max_length=50)] | None = None


class Listing(Definition):
    """What Item takes over from here; a class of its own so that an item's file is not one endless page."""

    authority: Authority | None = Field(default=None, exclude_if=unsaid)
    access: Access | None = Field(default=None, exclude_if=unsaid)
    quantity: Quantity | None = Field(default=None, exclude_if=unsaid)
    intermediary: tuple[Intermediary, ...] = Field(default=(), exclude_if=unsaid)
    special: tuple[Special, ...] = Field(default=(), exclude_if=unsaid)
    topics: Topics | None = Field(default=None, exclude_if=unsaid)
    faq: tuple[Question, ...] = Field(default=(), exclude_if=unsaid)
    words: tuple[Said, ...] = Field(default=(), exclude_if=unsaid)  # what people type: 开饭店
    local: LocalCodes | None = Field(default=None, exclude_if=unsaid)
