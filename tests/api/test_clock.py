"""The calculator of limits over HTTP: public, the same answer as at the counter, problems by the name of the parameter."""

import pytest


async def ask(http, **query):
    return await http.get("/clock/due", params=query)


async def test_anybody_may_ask_when_a_limit_ends(http, living):
    answer = (await ask(http, start="2025-01-20", limit=20, unit="working")).json()
    assert (answer["due"], answer["at"]) == ("2025-02-21", "2025-02-22T00:00:00+08:00")
    assert (answer["provisional"], answer["open"]) == (False, False)
    assert answer["calendar"] == living.house.calendar.version
    assert answer["explanation"]["zh"].endswith("2025年2月21日（周五）到期。")
    assert answer["explanation"]["en"].endswith("due Friday 2025-02-21.")


async def test_every_day_is_told_with_its_reason(http):
    days = (await ask(http, start="2025-01-20", limit=20)).json()["days"]
    assert len(days) == 33
    assert days[0]["kind"] == "start"
    assert days[6] == {
        "date": "2025-01-26",
        "kind": "counted",
        "number": 5,
        "note": {"zh": "调休上班", "en": "working weekend"},
    }
    assert (days[-1]["date"], days[-1]["kind"], days[-1]["number"]) == ("2025-02-21", "due", 20)


@pytest.mark.parametrize(
    ("query", "due"),
    [
        ({"start": "2025-04-21", "limit": 20, "extend": 10}, "2025-06-05"),
        ({"start": "2025-05-12", "limit": 20, "stop": ["expert_review:2025-05-19..2025-06-05"]}, "2025-06-26"),
        ({"start": "2025-05-12", "limit": 20, "stop": ["2025-05-19..2025-05-28", "2025-05-26..2025-06-05"]}, "2025-06-26"),
        ({"start": "2025-08-08", "limit": 60, "unit": "calendar"}, "2025-10-09"),
        ({"start": "2026-11-24T16:30", "limit": 2, "unit": "hours"}, "2026-11-25"),
    ],
)  # fmt: skip
async def test_stops_extensions_and_units_are_those_of_the_law(http, query, due):
    assert (await ask(http, **query)).json()["due"] == due


async def test_without_an_end_of_the_stop_there_is_no_date(http):
    answer = (await ask(http, start="2026-11-17", limit=5, stop="hearing:2026-11-19..")).json()
    assert (answer["due"], answer["at"], answer["open"]) == (None, None, True)


async def test_a_date_in_a_year_without_a_calendar_is_provisional(http):
    answer = (await ask(http, start="2026-11-24", limit=60)).json()
    assert (answer["due"], answer["provisional"]) == ("2027-02-17", True)


async def test_what_cannot_be_reckoned_names_each_parameter(http):
    answer = await ask(
        http, start="2025-02-30", limit="soon", stop=["2025-01-01..2025-01-02", "never"], unit="weeks"
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["title"], body["type"]) == ("invalid", "urn:onewindow:problem:invalid")
    assert set(body["problems"]) == {"start", "limit", "unit", "stop-2"}
    assert body["problems"]["start"]["zh"].startswith("起算日不是有效的日期")


async def test_the_document_tells_how_to_ask(http):
    paths = (await http.get("/openapi.json")).json()["paths"]
    asked = {p["name"] for p in paths["/api/v1/clock/due"]["get"]["parameters"]}
    assert asked == {"start", "limit", "unit", "stop", "extend"}
