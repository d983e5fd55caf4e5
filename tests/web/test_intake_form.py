"""A paper that goes through the desk's page comes back as it was."""

from types import SimpleNamespace

from services.cases.rounds import Paper
from web.window.intake_form import pack, unpack


def test_an_e_licence_keeps_its_holders_consent_on_the_way():
    house = SimpleNamespace(vault=SimpleNamespace(mac=lambda body, purpose: purpose.encode() + body[-4:]))
    clerk = SimpleNamespace(id="clerk")
    paper = Paper("health-certificates", "licence", name="从业人员健康证明", consent="c-1")
    assert unpack(house, clerk, pack(house, clerk, paper, "no"), "no") == paper
