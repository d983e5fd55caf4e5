"""`onewindow items`: the files in forms/items, what was published of them, and what became of it."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from infra.settings import Problem, Settings

items_app = typer.Typer(
    no_args_is_help=True, help="事项: item files, published versions, and the life of an item."
)
console = Console(highlight=False, soft_wrap=True)

Code = Annotated[str, typer.Argument(help="The item's address code, e.g. food-licence.")]
Lang = Annotated[str, typer.Option(help="zh or en; without it as ONEWINDOW_LANG says.")]
Reason = Annotated[str, typer.Option("--reason", help="Published on the guide, so say it in Chinese.")]
From = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day; today without it.")
]


@items_app.command("check")
def check() -> None:
    """Check every item file; each remark names the file, the key and the remedy."""
    from forms import ITEMS_DIR, check_items

    remarks = check_items(ITEMS_DIR)
    for remark in remarks:
        console.print(remark, markup=False)
    if remarks:
        raise typer.Exit(1)
    console.print(f"{len(list(ITEMS_DIR.glob('*.yaml')))} items, nothing to remark")


@items_app.command("show")
def show(
    code: Code,
    version: Annotated[
        int, typer.Option(help="A published version, from the store; without it as the file says.")
    ] = 0,
    lang: Lang = "",
    json: Annotated[bool, typer.Option("--json", help="All of it, as the house reads it.")] = False,
) -> None:
    """The guide of an item, as text."""
    if version:
        _run(_show, code, version, _lang(lang), json)
    else:
        _print(_file(code), _lang(lang), json)


@items_app.command("diff")
def diff(
    code: Code,
    before: Annotated[int, typer.Argument(metavar="[V1]", help="The earlier version.")] = 0,
    after: Annotated[int, typer.Argument(metavar="[V2]", help="The later one.")] = 0,
    lang: Lang = "",
) -> None:
    """What changed, in words: between two published versions, or from the newest one to the file."""
    _run(_diff, code, before, after, _lang(lang))


@items_app.command("publish")
def publish(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would freeze, and keep nothing.")
    ] = False,
    lang: Lang = "",
) -> None:
    """Freeze every new version of the item files. Running parts hear of it; a part that starts does the same."""
    _files()
    _run(_publish, dry_run, _lang(lang))


@items_app.command("new")
def new(
    code: Code,
    like: Annotated[str, typer.Option(help="The nearest item, whose content is copied to be corrected.")],
    to: Annotated[Path | None, typer.Option(help="Where to write; without it forms/items/CODE.yaml.")] = None,
) -> None:
    """A skeleton with comments; `items check` names its blanks until they are filled."""
    from forms import ITEMS_DIR
    from forms.skeleton import BadCode, skeleton

    target = to or ITEMS_DIR / f"{code}.yaml"
    try:
        text = skeleton(code, ITEMS_DIR / f"{like}.yaml")
    except FileNotFoundError:
        raise Problem(_no_such(like)) from None
    except BadCode as no:
        raise Problem(str(no)) from None
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Problem(f"{target} is there already: take another code, or edit it") from None
    except OSError as no:
        raise Problem(f"{target} cannot be written: {no.strerror}") from None
    console.print(f"{target}: fill the blanks, then `onewindow items check`", markup=False)


@items_app.command("suspend")
def suspend(code: Code, reason: Reason, from_: From = None) -> None:
    """暂停: nobody can apply from that day on; running cases go on, drafts stay."""
    _run(_turn, code, "suspended", reason, from_)


@items_app.command("resume")
def resume(code: Code, reason: Reason, from_: From = None) -> None:
    """恢复: it can be applied for again; whatever was planned for that day or after is called off."""
    _run(_turn, code, "resumed", reason, from_)


@items_app.command("withdraw")
def withdraw(code: Code, reason: Reason, from_: From = None) -> None:
    """取消: for good, since a code is never used again."""
    _run(_turn, code, "withdrawn", reason, from_)


@items_app.command("history")
def history(code: Code) -> None:
    """Every version and every change of state: when, from which day, by whom, why."""
    _run(_history, code)


def _run(work, *arguments) -> None:
    """On the store as it is: unlike a part that starts, this publishes nothing by itself."""
    from infra.embedded import with_embedded
    from infra.run import check_schema, run_coroutine
    from services.catalogue import Frozen
    from services.errors import Invalid, Refusal

    settings = with_embedded(Settings.load()).need("database_url")
    run_coroutine(check_schema(settings.database_url))
    try:
        run_coroutine(_in_house(settings, work, *arguments))
    except Invalid as no:
        raise Problem("; ".join(words[settings.lang] for words in no.problems.values())) from None
    except Refusal as no:
        raise Problem(no.sentence(settings.lang)) from None
    except Frozen as no:
        raise Problem(str(no)) from None


async def _in_house(settings: Settings, work, *arguments) -> None:
    from infra.parts import open_house

    async with open_house(settings, connections=2, application="onewindow-items", publishing=False) as house:
        await work(house, *arguments)


async def _show(house, code: str, version: int, lang: str, json: bool) -> None:
    _print(house.items.get(code, version), lang, json, house.items.standing(code))


async def _diff(house, code: str, before: int, after: int, lang: str) -> None:
    from services.catalogue.differences import differences

    if before:
        was = house.items.get(code, before)
        is_ = house.items.get(code, after) if after else house.items.versions(code)[-1]
    else:
        published = house.items.versions(code)
        if not published:
            raise Problem(f"Nothing of {code} was published yet: `onewindow items show {code}` has the file")
        was, is_ = published[-1], _file(code)
    changes = differences(was, is_)
    console.print(f"{code}: {_version(was)} -> {_version(is_)}", markup=False)
    for change in changes:
        console.print(f"  {change.sentence.in_(lang)}", markup=False)
    if not changes:
        console.print("  nothing that an applicant or a clerk would notice")


async def _publish(house, dry_run: bool, lang: str) -> None:
    from services.catalogue import publish as freeze
    from services.catalogue.differences import differences

    items = _files().values()
    async with house.db.connection() as conn:
        transaction = conn.transaction()
        await transaction.start()
        try:
            new = await freeze(conn, items, house.now())
        except BaseException:
            await transaction.rollback()
            raise
        await (transaction.rollback() if dry_run else transaction.commit())
    for item in new:
        console.print(f"{item.code}, {_version(item)}, SM3 {item.hash}", markup=False)
        before = house.items.before(item)  # as things stood: nothing was read again yet
        for change in differences(before, item) if before else ():
            console.print(f"  {change.sentence.in_(lang)}", markup=False)
    console.print(f"{len(new)} versions {'would be' if dry_run else 'are'} frozen")


async def _turn(house, code: str, turn: str, reason: str, from_: datetime | None) -> None:
    from services.catalogue.life import turn_item
    from services.law.item_life import Turn
    from services.law.roles import SYSTEM

    standing = await turn_item(house, SYSTEM, code, Turn(turn), reason, from_.date() if from_ else None)
    console.print(f"{code}: {_stands(standing)}", markup=False)


async def _history(house, code: str) -> None:
    from services.catalogue.life import names_of

    turns = house.items.turns(code)
    if not turns:
        raise Problem(f"Nothing of {code} was published")
    async with house.db.connection() as conn:
        names = await names_of(conn, {t.by for t in turns})
    console.print(f"{code}: {_stands(house.items.standing(code))}", markup=False)
    for t in turns:
        what = f"{t.turn} {t.version}" if t.version else t.turn
        who = names.get(t.by, t.by)
        console.print(
            f"  {t.at:%Y-%m-%d %H:%M}  {what:12} from {t.on_day}  by {who}  {t.reason}", markup=False
        )


def _files():
    from forms import ITEMS_DIR, BadItems, load_items

    try:
        return load_items(ITEMS_DIR)
    except BadItems as error:
        raise Problem(str(error)) from None


def _file(code: str):
    items = _files()
    if code not in items:
        raise Problem(_no_such(code))
    return items[code]


def _no_such(code: str) -> str:
    from forms import ITEMS_DIR

    there = sorted(path.stem for path in ITEMS_DIR.glob("*.yaml"))
    return f"There is no item {code}. There are: {', '.join(there)}"


def _print(item, lang: str, json: bool, standing=None) -> None:
    from services.catalogue.guide_text import guide_text

    print(item.model_dump_json(indent=2) if json else guide_text(item, lang, standing))


def _version(item) -> str:
    return f"version {item.version} (in force from {item.effective})"


def _stands(standing) -> str:
    def since(day: date | None) -> str:
        return f" since {day}" if day else ""

    said = f"{standing.state.value.replace('_', ' ')}{since(standing.since)}"
    if standing.planned:
        said += f"; {standing.planned.turn.value} from {standing.planned.on_day}: {standing.planned.reason}"
    return said


def _lang(lang: str) -> str:
    return lang if lang in ("zh", "en") else Settings.load().lang
