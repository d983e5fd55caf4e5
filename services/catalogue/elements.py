"""The further elements of the implementation list (实施清单要素) that an item states, as labels and words."""

from collections.abc import Iterator, Sequence

from forms import Item, Text
from forms.tables import Entry, table

Row = tuple[Text, Text]
_UNKNOWN = Text(zh="未说明", en="not stated")


def task_type(item: Item) -> Text:
    """事项类型, as the base code says."""
    return _entry(table("task_types").get(item.task_type))


def use_level(item: Item) -> Text:
    """行使层级, as the implementation code says."""
    return _entry(table("use_levels").get(item.use_level))


def elements(item: Item) -> list[Row]:
    """Only what is said: what an item does not state is not offered."""
    return [*_authority(item), *_access(item), *_quantity(item)]


def special_procedures(item: Item) -> list[tuple[Text, Text, bool, str, bool]]:
    """特别程序: name, when, whether its time counts not (Licence Law art. 45), basis, verified."""
    return [
        (
            table("special_procedures")[s.kind].text,
            s.when if s.limit is None else Text(zh=f"{s.when.zh}（{s.limit.zh}）", en=f"{s.when.en} ({s.limit.en})"),
            table("special_procedures")[s.kind].stops,
            s.basis,
            s.verified,
        )
        for s in item.special
    ]  # fmt: skip


def _authority(item: Item) -> Iterator[Row]:
    if (right := item.authority) is None:
        return
    if right.power_source:
        yield Text(zh="权力来源", en="By what right"), table("power_sources")[right.power_source].text
    yield Text(zh="实施主体性质", en="Kind of authority"), table("bodies")[right.body].text
    if right.entrusted_by:
        yield Text(zh="委托部门", en="Entrusted by"), right.entrusted_by
    if right.joint:
        yield Text(zh="联办机构", en="Together with"), _all(right.joint)


def _access(item: Item) -> Iterator[Row]:
    if (access := item.access) is None:
        return
    if access.servers:
        yield (
            Text(zh="服务对象", en="For"),
            _all([table("servers")[word].text for word in access.servers]),
        )
    if access.channels:
        yield (
            Text(zh="办理形式", en="Ways to apply"),
            _all([table("channels")[word].text for word in access.channels]),
        )
    if access.area:
        yield Text(zh="通办范围", en="Where one may apply"), table("areas")[access.area].text
    offers = [
        words
        for there, words in (
            (access.center, Text(zh="进驻政务大厅", en="at the service hall")),
            (access.schedule, Text(zh="可以预约", en="by appointment")),
            (access.express, Text(zh="可以邮寄", en="by post")),
            (access.terminals, Text(zh="自助终端可办", en="at kiosks")),
            (access.pay_online, Text(zh="网上缴费", en="payment online")),
        )
        if there
    ]
    if offers:
        yield Text(zh="便民服务", en="Offered"), _all(offers)


def _quantity(item: Item) -> Iterator[Row]:
    if item.quantity:
        yield Text(zh="数量限制", en="Limited number"), item.quantity.text
    for service in item.intermediary:
        words = Text(zh=f"{service.name.zh}（{service.basis}）", en=f"{service.name.en} ({service.basis})")
        yield Text(zh="中介服务", en="Intermediary"), words


def _all(words: Sequence[Text]) -> Text:
    return Text(zh="、".join(w.zh for w in words), en=", ".join(w.en for w in words))


def _entry(entry: Entry | None) -> Text:
    return entry.text if entry else _UNKNOWN
