"""Papers filled with the demo district's people, for tests of the page."""

from datetime import date

from common.documents.papers import (
    AgendaLine,
    AgendaPaper,
    DecisionNoticePaper,
    DivisionPaper,
    DivisionRow,
    Imprint,
    LeaderDivisionPaper,
    MeetingNoticePaper,
    MinutesPaper,
    NoticeMatter,
    Paper,
    RedHead,
    Roll,
    Section,
    SheetCheck,
    SheetSignature,
    SubmissionSheetPaper,
)

OFFICE = "中共云川区委办公室"
ISSUED = date(2026, 11, 27)
BASIS = "2026年9月10日区委常委会第14次会议通过，即日起执行"


def minutes(*sections: Section, rolls: tuple[Roll, ...] = (), **fields: str) -> MinutesPaper:
    """The 21st meeting's minutes with these sections."""
    return MinutesPaper(
        head=RedHead(mark="中共云川区委常委会会议纪要", document_no="〔2026〕21号", **fields),
        imprint=Imprint(OFFICE, ISSUED, sent_to="区委常委，区人大常委会主任、区政协主席，区级各部门。"),
        title=("八届区委常委会第21次会议纪要",),
        opening=("2026年11月26日下午3:00，区委书记沈砚清主持召开八届区委常委会第21次会议。纪要如下。",),
        sections=sections,
        rolls=rolls,
    )


SCHOOL = Section(
    "一、审议新建城东学校事项",
    (
        "会议听取了区教体局局长林知微关于新建城东学校的汇报。",
        "（一）同意新建城东学校，总投资1.8亿元。由教体局牵头，2028年8月31日前竣工。",
        "应到11人，赞成9人，反对1人，弃权1人，超过半数，通过。",
    ),
)
ROLLS = (
    Roll("出席", ("沈砚清", "陆景和", "顾维桢", "韩立岑", "苏文珩", "程望舒", "马春屿", "贺北辰", "岑以宁", "邵闻笛")),
    Roll("请假", ("雷定远（参加集训）",)),
    Roll("列席", ("闻人澈", "唐砺", "林知微", "𬭎祎堃")),
)

NOTICE = DecisionNoticePaper(
    mark="云川区委常委会议定事项通知单",
    document_no="云委办议〔2026〕86号",
    addressed_to="区教育和体育局",
    opening="根据八届区委常委会第21次会议议定意见，现将涉及你单位的事项通知如下。",
    matters=(
        NoticeMatter(
            "一",
            "审议新建城东学校事项",
            "同意新建城东学校。",
            "牵头",
            "闻人澈",
            "教体局",
            ("发改局", "财政局"),
            "2028年8月31日",
        ),
    ),
    requests=("请于收到本通知之日起5个工作日内制定落实方案。",),
    issuer=OFFICE,
    issued_on=ISSUED,
    contact="周予安，电话8602001",
    copied_to="闻人澈同志。",
)

LEADER = DivisionRow(
    "顾维桢",
    "区委副书记（专职）、党校校长",
    ("协助书记抓党的建设，负责区委日常工作。", "分管党校、农业农村、群团工作。"),
    ("农业农村局", "总工会", "团区委", "妇联"),
    ("柳浦镇",),
    (),
    ("邵闻笛",),
)
DIVISION = DivisionPaper(
    title="区委常委和区政府领导分工一览表",
    basis=BASIS,
    as_of=date(2026, 11, 16),
    rows=(DivisionRow("沈砚清", "区委书记", ("主持区委全面工作。",), ("区委办",)), LEADER) * 7,
    issuer=OFFICE,
    remarks=("领导同志外出期间，工作由其AB角代行。",),
)
LEADER_SHEET = LeaderDivisionPaper(
    title="区领导分工", basis=BASIS, as_of=date(2026, 11, 16), leader=LEADER, issuer=OFFICE, backup_for=("苏文珩",)
)

AGENDA = AgendaPaper(
    title=("八届区委常委会第21次会议议程",),
    facts=(Roll("时间", ("2026年11月26日（星期四）下午3:00",)), Roll("主持", ("沈砚清",))),
    entries=(
        AgendaLine("1", "关于新建城东学校的请示", "教体局", "林知微", "记名票决", "15:00", ("发改局", "财政局")),
        AgendaLine("2", "干部任免事项", "组织部", "苏文珩", "票决", "15:15"),
    ),
    issuer=OFFICE,
    issued_on=date(2026, 11, 24),
    copy_no="000007",
)
MEETING_NOTICE = MeetingNoticePaper(
    head=RedHead(mark=OFFICE, document_no="云委办通〔2026〕112号"),
    title=("关于召开八届区委常委会", "第21次会议的通知"),
    addressed_to="各区委常委，有关单位",
    opening="定于2026年11月26日召开八届区委常委会第21次会议。现将有关事项通知如下。",
    sections=(Section("一、会议时间", ("2026年11月26日（星期四）下午3:00。",)),),
    issuer=OFFICE,
    issued_on=date(2026, 11, 24),
    contact="周予安，电话8602001",
)

SHEET = SubmissionSheetPaper(
    mark="云川区委常委会议题呈报单",
    number="议〔2026〕104号",
    item="关于新建城东学校的请示",
    unit="区教育和体育局",
    unit_head="林知微",
    submitted_on=date(2026, 11, 6),
    reason=("城东片区近三年新增常住人口1.9万人，学位缺口2,160个。",),
    requested=("是否同意新建城东学校。",),
    presenter="林知微",
    kind="重大项目",
    amount="1.8亿元（18,000万元）",
    checks=(SheetCheck("专家论证", "可行", "区教育专家组", date(2026, 10, 28)), SheetCheck("风险评估")),
    signatures=(
        SheetSignature("单位负责人意见", "同意呈报。", "林知微", date(2026, 11, 6)),
        SheetSignature("区委书记审批意见"),
    ),
    foot="第3版　校验值 8f3a 61c2",
)

ALL: dict[str, Paper] = {
    "minutes": minutes(SCHOOL, rolls=ROLLS),
    "decision_notice": NOTICE,
    "division": DIVISION,
    "leader_division": LEADER_SHEET,
    "agenda": AGENDA,
    "meeting_notice": MEETING_NOTICE,
    "submission_sheet": SHEET,
}
