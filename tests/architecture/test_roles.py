"""Who opens what, and who may do what: every address of the program × who asks, at the stage where it matters.

One line is one address; under each person stands the answer:
o  opens it · w  gets the paper, made in a moment · >  is led elsewhere · l  is asked to sign in
p  may do it (an address without a page, not tried here) · !  is told why not · .  it is not there
Whoever gets ! or . is refused by writing, too, and nothing in the database changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.architecture.office_story import Office, addresses
from tests.architecture.traces import changed, traces
from tests.support.cast import District

PEOPLE = {
    "未": "",  # not signed in
    "管": "系统管理员",
    "秘": "周予安",  # 秘书科
    "书": "沈砚清",  # 书记
    "区": "陆景和",  # 区长, 副书记
    "主": "邵闻笛",  # 区委办主任
    "常": "马春屿",  # 常委; recused from the matter when it is voted on
    "副": "闻人澈",  # 副区长 in charge of 教体局, not a 常委
    "局": "林知微",  # 教体局局长, who files and reports the matter
    "联": "梁思齐",  # 教体局议题联络员
    "外": "温如故",  # 住建局议题联络员
    "审": "卢正言",  # 合法性审查人, 司法局局长
    "督": "督查员",  # 督查室
    "计": "陆离",  # 审计查阅人
    "专": "专家",  # without any post
}
TABLE = """\
组织                              未管秘书区主常副局联外审督计专
common:login                      o > > > > > > > > > > > > > >
common:logout                     p p p p p p p p p p p p p p p
common:password_change            l o o o o o o o o o o o o o o
common:choose_person              l o o o o o o o o o o o o o o
common:large_type                 l p p p p p p p p p p p p p p
common:healthz                    o o o o o o o o o o o o o o o
desk:workbench                    l o o o o o o o o o o o o o o
desk:search                       l o o o o o o o o o o o o o o
desk:imports                      l o o . . o . . . . . . . . .
desk:import_detail                l o o . . o . . . . . . . . .
desk:import_choose                l . o . . . . . . . . . . . .
desk:import_apply                 l . o . . . . . . . . . . . .
desk:import_renew                 l . p . . . . . . . . . . . .
desk:import_drop                  l . p . . . . . . . . . . . .
desk:import_workbook              l . o . . . . . . . . . . . .
desk:import_marked                l . o . . . . . . . . . . . .
committee:overview                l o o o o o o o o o o o o o o
committee:body                    l o o o o o o o o o o o o o o
committee:body_places             l o o ! ! o ! ! ! ! ! ! ! ! !
committee:seat_new                l o o ! ! o ! ! ! ! ! ! ! ! !
committee:seat                    l o o o o o o o o o o o o o o
committee:seat_end                l o o ! ! o ! ! ! ! ! ! ! ! !
committee:seat_void               l o o ! ! o ! ! ! ! ! ! ! ! !
committee:seat_state              l o o ! ! o ! ! ! ! ! ! ! ! !
committee:seat_state_end          l o o ! ! o ! ! ! ! ! ! ! ! !
committee:seat_state_void         l o o ! ! o ! ! ! ! ! ! ! ! !
committee:terms                   l o o o o o o o o o o o o o o
committee:term_new                l o o ! ! o ! ! ! ! ! ! ! ! !
committee:term_extend             l o o ! ! o ! ! ! ! ! ! ! ! !
committee:units                   l o o o o o o o o o o o o o o
committee:units_excel             l o o o o o o o o o o o o o o
committee:unit_new                l o o ! ! o ! ! ! ! ! ! ! ! !
committee:unit                    l o o o o o o o o o o o o o o
committee:unit_edit               l o o ! ! o ! ! ! ! ! ! ! ! !
committee:unit_rename             l o o ! ! o ! ! ! ! ! ! ! ! !
committee:unit_end                l o o ! ! o ! ! ! ! ! ! ! ! !
committee:unit_void               l o o ! ! o ! ! ! ! ! ! ! ! !
committee:people                  l o o o o o o o o o o o o o o
committee:people_excel            l o o o o o o o o o o o o o o
committee:person_new              l o o ! ! o ! ! ! ! ! ! ! ! !
committee:person                  l o o o o o o o o o o o o o o
committee:person_edit             l o o ! ! o ! ! ! ! ! ! ! ! !
committee:person_merge            l o o ! ! o ! ! ! ! ! ! ! ! !
committee:account_open            l o . . . . . . . . . . . . .
committee:account_share           l o . . . . . . . . . . . . .
committee:account_delegate        l o . . . . . o . . . . . . .
committee:roles                   l o o o o o o o o o o o o o o
committee:role_new                l o o ! ! o ! ! ! ! ! ! ! ! !
committee:role_end                l o o ! ! o ! ! ! ! ! ! ! ! !
committee:role_void               l o o ! ! o ! ! ! ! ! ! ! ! !
committee:accounts                l o . . . . . . . . . . . . .
committee:account_end             l o . . . . . o . . . . . . .
committee:account_password        l o . . . . . . . . . . . . .
committee:account_unlock          l p . . . . . . . . . . . . .
committee:handlings               l o . . . . . . . . . . . . .
committee:handling_retry          l p . . . . . . . . . . . . .
committee:offer_withdraw          l p . . . . . . . . . . . . .
committee:offer_accept            l . . . . . . . . . . . . . p
committee:offer_decline           l . . . . . . . . . . . . . p
committee:acting_give_up          l . . . . . . o . . . . . . .
committee:calendar                l o o o o o o o o o o o o o o
committee:calendar_publish        l o ! ! ! ! ! ! ! ! ! ! ! ! !
committee:division                l o o o o o o o o o o o o o o
committee:division_history        l o o o o o o o o o o o o o o
committee:division_leader         l o o o o o o o o o o o o o o
committee:division_new            l ! o ! ! o ! ! ! ! ! ! ! ! !
committee:division_detail         l . o . . o . . . . . . . . .
committee:division_excel          l . o . . o . . . . . . . . .
committee:division_paper          l . w . . w . . . . . . . . .
committee:division_leader_paper   l . w . . w . . . . . . . . .
committee:division_edit           l . o . . o . . . . . . . . .
committee:division_order          l . p . . p . . . . . . . . .
committee:division_compare        l . o . . o . . . . . . . . .
committee:division_adopt          l . o . . o . . . . . . . . .
committee:division_drop           l . o . . o . . . . . . . . .
committee:division_line           l . o . . o . . . . . . . . .
committee:division_line_save      l . p . . p . . . . . . . . .
committee:division_line_remove    l . p . . p . . . . . . . . .
agenda:rules                      l o o o o o o o o o o o o o o
agenda:rules_new                  l o o ! ! o ! ! ! ! ! ! ! ! !
agenda:rules_version              l o o o o o o o o o o o o o o
agenda:items                      l o o o o o o o o o o o o o o
agenda:item_new                   l ! o ! o o o ! o o o o ! o !
agenda:meetings                   l o o o o o o o o o o o o o o
agenda:meeting_plan               l ! o ! ! o ! ! ! ! ! ! ! ! !
decisions:voting_rules            l o o o o o o o o o o o o o o
decisions:voting_rules_new        l o o ! ! o ! ! ! ! ! ! ! ! !
decisions:voting_rules_draft_drop l p p ! ! p ! ! ! ! ! ! ! ! !
decisions:voting_rules_version    l o o o o o o o o o o o o o o
decisions:decisions               l o o o o o o o o o o o o o o
decisions:minutes                 l o o o o o o o o o o o o o o
decisions:notices                 l o o o o o o o o o o o o o o
oversight:follow_ups              l . o o o o o o o o o o o o .
oversight:follow_up_detail        l . o o o o o o o o . . o o .
style                             l o o o o o o o o o o o o o o

现行分工                          未管秘书区主常副局联外审督计专
committee:division_detail         l o o o o o o o o o o o o o o
committee:division_excel          l o o o o o o o o o o o o o o
committee:division_paper          l w w w w w w w w w w w w w w
committee:division_leader_paper   l w w w w w w w w w w w w w w
committee:division_edit           l ! ! ! ! ! ! ! ! ! ! ! ! ! !

拟稿                              未管秘书区主常副局联外审督计专
agenda:item_detail                l . . . . . . . o o . . . . .
agenda:item_pdf                   l . . . . . . . . . . . . . .
agenda:item_paper                 l . . . . . . . o o . . . . .
agenda:item_edit                  l . . . . . . . o o . . . . .
agenda:item_autosave              l . . . . . . . p p . . . . .
agenda:item_add_paper             l . . . . . . . p p . . . . .
agenda:item_remove_paper          l . . . . . . . p p . . . . .
agenda:item_submit                l . . . . . . . o o . . . . .
agenda:item_withdraw              l . . . . . . . o o . . . . .

已呈报                            未管秘书区主常副局联外审督计专
agenda:item_detail                l . o o o o . o o o . o . o .
agenda:item_pdf                   l . w w w w . w w w . w . w .
agenda:item_paper                 l . o o o o . o o o . o . o .
agenda:item_edit                  l . ! ! ! ! . ! o o . ! . ! .
agenda:item_withdraw              l . ! ! ! ! . ! o o . ! . ! .
agenda:item_accept                l . p ! ! p . ! ! ! . ! . ! .
agenda:item_send_back             l . o ! ! o . ! ! ! . ! . ! .
agenda:item_ask_urgent            l . ! ! ! ! . ! o o . ! . ! .
agenda:item_approve_urgent        l . ! ! ! ! . ! ! ! . ! . ! .

会前把关                          未管秘书区主常副局联外审督计专
agenda:item_check                 l . ! ! ! ! . ! ! ! . o . ! .
agenda:item_confirm               l . ! ! ! ! . ! ! ! . > . ! .
agenda:item_waive                 l . ! ! ! o . ! ! ! . ! . ! .
agenda:item_delegate              l . ! ! ! o . ! ! ! . o . ! .
agenda:item_grants                l . o ! ! o . ! ! ! . ! . ! .

签批                              未管秘书区主常副局联外审督计专
agenda:item_document              l . o o o o . o o o . o . o .
agenda:item_sign                  l . ! ! ! ! . ! o ! . ! . ! .
agenda:item_paper_signature       l . o ! ! ! . ! ! ! . ! . ! .
agenda:item_send_back             l . o ! ! o . ! o ! . ! . ! .

待上会                            未管秘书区主常副局联外审督计专
agenda:item_detail                l . o o o o . o o o . o . o .
agenda:item_scan                  l . o o o o . o o o . o . o .
agenda:item_edit                  l . ! ! ! ! . ! o o . ! . ! .
agenda:item_sign                  l . ! ! ! ! . ! ! ! . ! . ! .

排议程                            未管秘书区主常副局联外审督计专
agenda:meeting_detail             l . o o . o . . . . . . . . .
agenda:meeting_change             l . o ! . o . . . . . . . . .
agenda:meeting_cancel             l . o ! . o . . . . . . . . .
agenda:meeting_schedule           l . o ! . o . . . . . . . . .
agenda:meeting_why_not            l . o ! . o . . . . . . . . .
agenda:meeting_order              l . p ! . p . . . . . . . . .
agenda:meeting_attendants         l . o ! . o . . . . . . . . .
agenda:entry_edit                 l . o ! . o . . . . . . . . .
agenda:entry_attendants           l . o ! . o . . . . . . . . .
agenda:entry_remove               l . o ! . o . . . . . . . . .
agenda:notice_confirm             l . o ! . o . . . . . . . . .
agenda:meeting_paper              l . o o . o . . . . . . . . .
agenda:meeting_agenda_pdf         l . w . . w . . . . . . . . .

已通知                            未管秘书区主常副局联外审督计专
agenda:meeting_detail             l . o o o o o . o . . . . . .
agenda:meeting_notice             l . . o o o o . o . . . . . .
agenda:meeting_reply              l . . p p p p . p . . . . . .
agenda:meeting_replies            l . o o . o . . . . . . . . .
agenda:leave_rule                 l . ! p ! ! ! . ! . . . . . .
agenda:letter_send_again          l . p ! ! p ! . ! . . . . . .
agenda:meeting_paper              l . o o o o o . o . . . . . .
agenda:meeting_agenda_pdf         l . w w w w w . . . . . . . .
agenda:meeting_notice_pdf         l . w w w w w . . . . . . . .
agenda:meeting_calendar           l . o o o o o . o . . . . . .
agenda:meeting_change             l . o ! ! o ! . ! . . . . . .

签到                              未管秘书区主常副局联外审督计专
decisions:console                 l . o . . o . . . . . . . . .
decisions:sign_in_sheet           l . o . . o . . . . . . . . .
decisions:hall_arrive             l . p . . p . . . . . . . . .
decisions:hall_depart             l . p . . p . . . . . . . . .
decisions:hall_sign_all           l . p . . p . . . . . . . . .
decisions:hall_undo               l . p . . p . . . . . . . . .
decisions:hall_open               l . o . . o . . . . . . . . .
decisions:meeting_pulse           l . o o o o o . o . . . . . .
decisions:floor                   l . o o o o o . o . . . . . .
decisions:screen                  l . o . . o . . . . . . . . .
decisions:meeting_results         l . . . . . . . . . . . . . .

表决                              未管秘书区主常副局联外审督计专
decisions:console                 l . o . . o . . . . . . . . .
decisions:floor                   l . o o o o o . o . . . . . .
decisions:screen                  l . o . . o . . . . . . . . .
decisions:own_stance              l . ! p p p ! . ! . . . . . .
decisions:own_vote                l . ! p p p ! . ! . . . . . .
decisions:hall_chair              l . o . . o . . . . . . . . .
decisions:meeting_results         l . o o o o o . o . . . . . .
agenda:meeting_detail             l . o o o o o . o . . . . . .
agenda:meeting_paper              l . o o o o . . o . . . . . .
agenda:item_detail                l . o o o o . o o o . o . o .
decisions:entry_recuse            l . o . . o . . . . . . . . .
decisions:recusal_lift            l . p . . p . . . . . . . . .
decisions:entry_begin             l . p . . p . . . . . . . . .
decisions:entry_pause             l . p . . p . . . . . . . . .
decisions:entry_hear              l . p . . p . . . . . . . . .
decisions:entry_defer             l . o . . o . . . . . . . . .
decisions:entry_note              l . p . . p . . . . . . . . .
decisions:entry_state             l . p . . p . . . . . . . . .
decisions:entry_pass              l . p . . p . . . . . . . . .
decisions:entry_opinion           l . o . . o . . . . . . . . .
decisions:note_correct            l . o . . o . . . . . . . . .
decisions:question_add            l . p . . p . . . . . . . . .
decisions:question_drop           l . p . . p . . . . . . . . .
decisions:question_restore        l . p . . p . . . . . . . . .
decisions:question_agree          l . p . . p . . . . . . . . .
decisions:round_open              l . o . . o . . . . . . . . .
decisions:round_undo              l . p . . p . . . . . . . . .
decisions:round_vote              l . p . . p . . . . . . . . .
decisions:round_rest              l . p . . p . . . . . . . . .
decisions:round_hands             l . p . . p . . . . . . . . .
decisions:round_announce          l . p . . p . . . . . . . . .
decisions:round_void              l . o . . o . . . . . . . . .
decisions:ballot_draft            l . > . . > . . . . . . . . .
decisions:ballot                  l . o o o o . . . . . . . . .
decisions:ballot_turnout          l . o o o o . . . . . . . . .
decisions:ballot_officers         l . o . . o . . . . . . . . .
decisions:ballot_confirm          l . ! ! p ! . . . . . . . . .
decisions:ballot_code             l . ! ! o ! . . . . . . . . .
decisions:ballot_issue            l . p ! p p . . . . . . . . .
decisions:ballot_vote             l . . . . . . . . . . . . . .
decisions:ballot_slips            l . ! ! o ! . . . . . . . . .
decisions:ballot_booth            l . o o o o . . . . . . . . .
decisions:ballot_close            l . ! o o ! . . . . . . . . .
decisions:ballot_collect          l . p ! p p . . . . . . . . .
decisions:ballot_void             l . o o o o . . . . . . . . .
decisions:ballot_count            l . o ! o o . . . . . . . . .
decisions:ballot_tally            l . ! ! ! ! . . . . . . . . .
decisions:ballot_sign             l . ! ! p ! . . . . . . . . .
decisions:ballot_seal             l . o ! o o . . . . . . . . .
decisions:ballot_paper            l . ! ! ! ! . . . . . . . . .
decisions:ballot_report           l . ! ! ! ! . . . . . . . . .
decisions:entry_decide            l . o . . o . . . . . . . . .

议决                              未管秘书区主常副局联外审督计专
decisions:meeting_results         l . o o o o o o o o . . o o .
decisions:decision                l . o o o o . o o o . . o o .
decisions:entry_correct           l . o . . o . . . . . . . . .
decisions:hall_close              l . o . . o . . . . . . . . .

散会                              未管秘书区主常副局联外审督计专
decisions:console                 l . > . . > . . . . . . . . .
decisions:meeting_results         l . o o o o o o o o . . o o .
decisions:decision                l . o o o o o o o o . . o o .
decisions:minutes_start           l . o . . o . . . . . . . . .

纪要起草                          未管秘书区主常副局联外审督计专
decisions:minutes_detail          l . o o . o . . . . . . . . .
decisions:minutes_edit            l . o ! . o . . . . . . . . .
decisions:minutes_autosave        l . p ! . p . . . . . . . . .
decisions:minutes_preview         l . p ! . p . . . . . . . . .
decisions:minutes_refill          l . o ! . o . . . . . . . . .
decisions:minutes_review          l . ! ! . o . . . . . . . . .
decisions:minutes_papers          l . o o . o . . . . . . . . .
decisions:minutes_paper           l . . . . . . . . . . . . . .

纪要送审                          未管秘书区主常副局联外审督计专
decisions:minutes_detail          l . o o . o . . . . . . . . .
decisions:minutes_edit            l . o ! . o . . . . . . . . .
decisions:minutes_review          l . ! ! . o . . . . . . . . .
decisions:minutes_reopen          l . o o . o . . . . . . . . .

纪要待签                          未管秘书区主常副局联外审督计专
decisions:minutes_detail          l . o o . o . . . . . . . . .
decisions:minutes_edit            l . ! ! . ! . . . . . . . . .
decisions:minutes_sign            l . ! o . ! . . . . . . . . .
decisions:minutes_reopen          l . o o . o . . . . . . . . .

已签发                            未管秘书区主常副局联外审督计专
decisions:minutes_detail          l . o o o o o . . . . . . o .
decisions:minutes_edit            l . ! ! ! ! ! . . . . . . ! .
decisions:minutes_papers          l . o o o o o . . . . . . o .
decisions:minutes_paper           l . w w w w w . . . . . . w .
decisions:minutes_archive         l . o . . o . . . . . . . o .
decisions:minutes_correct         l . o ! ! o ! . . . . . . ! .
decisions:notice_detail           l . o o o o o o o o . . o o .
decisions:notice_receive          l . ! ! ! ! ! ! p p . . ! ! .
decisions:notice_paper            l . w w w w w w w w . . w w .
decisions:decision                l . o o o o o o o o . . o o .
agenda:item_detail                l . o o o o . o o o . o . o .
agenda:meeting_detail             l . o o o o o . o . . . . o .
"""
# A letter for every answer; 302 to the login page is l.
SIGNS = {200: "o", 202: "w", 302: ">", 400: "!", 404: ".", 405: "x", 409: "!"}
REFUSALS = ("!", ".", "l")
ADDRESSES = addresses()


@dataclass(frozen=True)
class Line:
    """What one address answers to everybody, by the letters of PEOPLE."""

    name: str
    signs: dict[str, str]

    @property
    def by_post(self) -> bool:
        """Is there an act without a page of its own?"""
        return "p" in self.signs.values()

    def __str__(self) -> str:
        return f"{self.name:<34}{' '.join(self.signs.values())}"


def chapters() -> dict[str, list[Line]]:
    """The table by stage."""
    found: dict[str, list[Line]] = {}
    stage = ""
    for line in filter(None, TABLE.splitlines()):
        name, *signs = line.split()
        if ":" in name or name == "style":
            found[stage].append(Line(name, dict(zip(PEOPLE, signs, strict=True))))
        else:
            stage = name.removesuffix("".join(PEOPLE))
            found[stage] = []
    return found


CHAPTERS = chapters()


@dataclass
class Windows:
    """Everybody's browser."""

    district: District
    clients: dict[str, Client]

    def read(self, path: str, people: Iterable[str]) -> dict[str, str]:
        return {who: sign(self.clients[who].get(path)) for who in people}

    def write(self, path: str, who: str) -> str:
        """By a form that names somebody and confirms, as far as such a form goes."""
        person = self.district.person("雷定远").pk
        return sign(self.clients[who].post(path, {"confirmed": "1", "person": person}))


def sign(answer: HttpResponse) -> str:
    if answer.status_code == 302 and answer["Location"].startswith("/login/"):
        return "l"
    return SIGNS.get(answer.status_code, str(answer.status_code))


def test_every_address_stands_in_the_table() -> None:
    assert {line.name for lines in CHAPTERS.values() for line in lines} == set(ADDRESSES)


PARTS = {
    "register": ("组织",),
    "items": ("现行分工", "拟稿", "已呈报", "会前把关", "签批", "待上会"),
    "meetings": ("排议程", "已通知", "签到", "表决", "议决", "散会", "纪要起草", "纪要送审", "纪要待签", "已签发"),
}


def test_the_table_holds_and_nothing_changes_for_who_may_not(district: District) -> None:
    """Of items, one person for every different answer of a line, another at the next; everything is tried below."""
    walk(district, PARTS["items"], people_per_answer=1)


@pytest.mark.long
@pytest.mark.parametrize("part", PARTS)
def test_the_table_holds_for_everybody(district: District, part: str) -> None:
    walk(district, PARTS[part], people_per_answer=len(PEOPLE))


def test_the_parts_make_up_the_table() -> None:
    assert [stage for stages in PARTS.values() for stage in stages] == list(CHAPTERS)


def walk(district: District, part: tuple[str, ...], *, people_per_answer: int) -> None:
    office, wrong, seen = Office(district), [], []
    windows = Windows(district, {})
    for stage in office.stages():
        if not windows.clients:
            windows.clients = {who: district.client(name) if name else Client() for who, name in PEOPLE.items()}
        if stage in part:
            seen.append(stage)
            for place, line in enumerate(CHAPTERS[stage]):
                asked = some(line, place, people_per_answer)
                wrong += differing(windows, line, ADDRESSES[line.name].to(office.rows), asked)
        if tuple(seen) == part:
            break
    assert tuple(seen) == part
    assert not wrong, "\n" + "\n".join(wrong)


def differing(windows: Windows, line: Line, path: str, people: list[str]) -> list[str]:
    """What is not as the line says: the page is read, then the refused try to write."""
    found = []
    if not line.by_post:
        for who, said in windows.read(path, people).items():
            if said != line.signs[who]:
                found.append(f"{line}  <- {who}: {said}")
    refused = [who for who in people if line.signs[who] in REFUSALS]
    before = traces() if refused else {}
    for who in refused:
        written = windows.write(path, who)
        if written not in REFUSALS and not (written == "x" and not line.by_post):
            found.append(f"{line}  <- {who} wrote: {written}")
    if refused and (tables := changed(before)):
        found.append(f"{line}  <- changed {tables}")
    return found


def some(line: Line, place: int, number: int) -> list[str]:
    """So many people for each answer of the line, beginning with others at every place."""
    found: list[str] = []
    for answer in dict.fromkeys(line.signs.values()):
        alike = [who for who, said in line.signs.items() if said == answer]
        start = place % len(alike)
        found += (alike[start:] + alike[:start])[:number]
    return found
