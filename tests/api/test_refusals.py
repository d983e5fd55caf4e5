"""What the API answers when it does not do what was asked: always problem details."""

from uuid import uuid4

import pytest

from tests.api.desk import VALUES, Desk


@pytest.fixture
async def chen(http, living, token) -> Desk:
    return Desk(http, living, await token("chen"))


@pytest.fixture
async def clerk(http, living, token) -> Desk:
    return Desk(http, living, await token("clerk"))


def problem(answer, status: int, title: str) -> dict:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["title"], body["type"]) == (status, title, f"urn:onewindow:problem:{title}")
    assert body["detail"]
    return body


@pytest.mark.parametrize("path", ["/me", "/tasks", "/cases/430199202611161000001X", "/cases/1/events"])
async def test_without_a_token_nothing_is_told(http, living, path):
    answer = await http.get(path)
    problem(answer, 401, "not-signed-in")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_token_is_worth_nothing_after_signing_out(http, living):
    first = await http.post("/session", json={"username": "wang", "password": "onewindow-demo"})
    auth = {"authorization": f"Bearer {first.json()['token']}"}
    assert (await http.delete("/session", headers=auth)).status_code == 204
    problem(await http.get("/me", headers=auth), 401, "not-signed-in")


async def test_a_wrong_password_opens_no_session(http, living):
    problem(await http.post("/session", json={"username": "li", "password": "no"}), 401, "sign-in-refused")


async def test_another_persons_case_is_not_there(http, living, token, chen):
    no = await chen.file()
    li = await token("li")
    for path in (f"/cases/{no}", f"/cases/{no}/events", f"/cases/{no}/documents", f"/tasks?case={no}"):
        problem(await http.get(path, headers=li), 404, "not-found")


async def test_a_task_of_the_counter_is_not_the_applicants(chen, clerk):
    no = await chen.file()
    task = await clerk.task(no, "acceptance")
    problem(await chen.post(f"/tasks/{task}/acts", {"command": "accept"}), 403, "not-allowed")


async def test_nobody_files_for_somebody_they_may_not_act_for(chen, living):
    body = await chen.application(applicant=living.world.subjects["湖南示例物流有限公司"])
    problem(await chen.post("/applications", body), 403, "not-allowed")


async def test_a_task_that_is_not_there(clerk):
    problem(await clerk.post("/tasks/999999999/acts", {"command": "accept"}), 404, "not-found")
    problem(await clerk.post("/tasks/999999999/acts", {"command": "resubmit"}), 404, "not-found")


async def test_an_act_that_is_not_expected_is_told_what_is(chen, clerk):
    no = await chen.file()
    task = await clerk.task(no, "acceptance")
    body = problem(await clerk.post(f"/tasks/{task}/acts", {"command": "grant"}), 409, "not-expected")
    assert body["expected"] == ["accept", "request_correction", "decline"]


async def test_the_same_key_gives_the_first_answer_and_serves_no_other_act(chen, clerk):
    no = await chen.file()
    task, key = await clerk.task(no, "acceptance"), uuid4().hex
    first = await clerk.post(f"/tasks/{task}/acts", {"command": "accept"}, key)
    again = await clerk.post(f"/tasks/{task}/acts", {"command": "accept"}, key)
    assert again.json() == {**first.json(), "repeated": True}
    other = {
        "command": "decline",
        "values": {"category": "not_ours", "reason": "不属于本机关", "competent_body": "市局"},
    }
    problem(await clerk.post(f"/tasks/{task}/acts", other, key), 409, "key-reused")


async def test_the_same_application_is_filed_once(chen):
    body, key = await chen.application(), uuid4().hex
    first = (await chen.post("/applications", body, key)).json()
    again = (await chen.post("/applications", body, key)).json()
    assert again == {**first, "repeated": True}
    body["values"] = {**VALUES, "area": 121}
    problem(await chen.post("/applications", body, key), 409, "key-reused")


async def test_an_act_without_a_key_is_not_done(chen, clerk):
    no = await chen.file()
    task = await clerk.task(no, "acceptance")
    answer = await clerk.http.post(f"/tasks/{task}/acts", json={"command": "accept"}, headers=clerk.auth)
    assert "token" in problem(answer, 422, "invalid")["problems"]
    answer = await chen.http.post("/applications", json=await chen.application(), headers=chen.auth)
    problem(answer, 422, "malformed")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"area": 0}, "area"),
        ({"area": [1, 2]}, "area"),
        ({"staff": None}, "staff"),
        ({"telephone": "1"}, "telephone"),
        ({"category": {"zh": "热食"}}, "category"),
    ],
)
async def test_a_wrong_answer_is_named(chen, change, named):
    body = await chen.application(values={**VALUES, **change})
    refused = problem(await chen.post("/applications", body), 422, "invalid")
    assert named in refused["problems"]
    assert set(refused["problems"][named]) == {"zh", "en"}


async def test_a_missing_paper_is_named(chen):
    body = await chen.application(papers=[])
    assert "material:layout" in problem(await chen.post("/applications", body), 422, "invalid")["problems"]


async def test_an_application_that_is_not_needed_is_told_so(chen):
    body = await chen.application(values={**VALUES, "only_prepackaged": "yes"})
    problem(await chen.post("/applications", body), 422, "not-needed")


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"command": 1}', b'{"command": "accept", "more": 1}', b""])
async def test_a_body_that_is_no_act_is_malformed(clerk, body):
    headers = {**clerk.auth, "idempotency-key": uuid4().hex}
    problem(await clerk.http.post("/tasks/1/acts", content=body, headers=headers), 422, "malformed")


async def test_a_file_serves_only_whoever_uploaded_it(http, living, token, chen):
    """Its hash is public; with the hash alone somebody could have the file put into their own case."""
    theirs = await chen.upload()
    li = Desk(http, living, await token("li"))
    for file in (theirs["file"], theirs["sm3"], f"{theirs['sm3']}-10-pdf-{'0' * 32}", "", "---"):
        body = await li.application(papers=[{"code": "layout", "file": file}])
        refused = problem(await li.post("/applications", body), 422, "invalid")
        assert "material:layout" in refused["problems"]


async def test_a_paper_needs_a_file(chen):
    body = await chen.application()
    del body["papers"][1]["file"]
    problem(await chen.post("/applications", body), 422, "malformed")


async def test_only_pdf_jpeg_and_png_are_taken(chen):
    answer = await chen.http.post("/files", headers=chen.auth, files={"file": ("x.pdf", b"MZ not a pdf")})
    assert "file" in problem(answer, 422, "invalid")["problems"]


async def test_a_cookie_opens_pages_and_not_the_api(http, living, token):
    auth = await token("chen")
    cookie = auth["authorization"].removeprefix("Bearer ")
    problem(await http.get("/me", headers={"cookie": f"ow={cookie}"}), 401, "not-signed-in")


@pytest.mark.parametrize("path", ["/cases/%00", "/cases/%F0%9F%98%80/events", "/tasks?case=%00"])
async def test_what_is_no_case_number_is_no_case(chen, path):
    problem(await chen.http.get(path, headers=chen.auth), 404, "not-found")


@pytest.mark.parametrize("task", ["0", "-1", "9223372036854775808", "x"])
async def test_what_is_no_task_number_is_malformed(clerk, task):
    problem(await clerk.post(f"/tasks/{task}/acts", {"command": "accept"}), 422, "malformed")


async def test_half_a_character_is_malformed_everywhere(chen):
    body = (
        b'{"username": "\\ud800", "password": "x", "item": "food-licence", "values": {}, "command": "accept"}'
    )
    headers = {**chen.auth, "idempotency-key": uuid4().hex, "content-type": "application/json"}
    for path in ("/session", "/applications", "/tasks/1/acts"):
        problem(await chen.http.post(path, content=body, headers=headers), 422, "malformed")


async def test_the_counter_files_only_for_people_who_are_known(clerk):
    body = {"item": "food-licence", "applicant": "nobody", "values": VALUES, "papers": []}
    assert "applicant" in problem(await clerk.post("/applications", body), 422, "invalid")["problems"]
