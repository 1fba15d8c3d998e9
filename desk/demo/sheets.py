"""What the demo district's items say; amounts and names as in the office's own ledger of 13 November 2026."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class DemoItem:
    """One item: the sheet by names, and how far it has come (see desk.demo.stories)."""

    title: str
    unit: str
    leader: str
    matter: str
    filed: str
    presenter: str
    minutes: int
    reason: str
    matters: tuple[str, ...] = ()
    handling: str = "discuss"
    body: str = "standing"
    amount: str = ""
    major: tuple[str, ...] = ()
    coordination: str = ""
    attendants: tuple[str, ...] = ()
    co_units: tuple[str, ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    until: str = "ready"
    opinions: dict[str, str] = field(default_factory=dict)


MINUTES_38 = ("区政府第38次常务会议纪要", "government_minutes")
ITEMS = (
    DemoItem(
        title="传达学习市委八届二次全会精神",
        unit="宣传部",
        leader="程望舒",
        matter="传达贯彻上级",
        filed="2026-11-02 10:05",
        presenter="程望舒",
        minutes=15,
        handling="convey",
        reason="市委八届二次全会于10月下旬召开，审议通过了关于制定“十五五”规划的建议。现提请区委常委会传达学习，"
        "研究我区贯彻意见。拟由宣传部汇报全会主要精神和我区宣传宣讲安排，各部门于11月底前完成传达。",
        papers=(("市委八届二次全会精神传达提纲", "paper"),),
    ),
    DemoItem(
        title="关于2027年区级财政预算草案的汇报",
        unit="财政局",
        leader="岑以宁",
        matter="提请全委会事项",
        filed="2026-11-05 16:40",
        presenter="曹以谦",
        minutes=20,
        amount="486300万元",
        major=("fund",),
        reason="2027年区级一般公共预算收入预计增长5.5%，支出安排48.63亿元。坚持过紧日子，“三公”经费比上年压减6%，"
        "民生支出占比保持在78%以上。草案已经区政府常务会议研究，并征求人大财经委意见。",
        matters=("原则同意2027年区级财政预算草案", "按程序提请区委全会审议后，由区政府提请区人民代表大会审查"),
        coordination="已征求发改局、审计局和各预算单位意见，共收到意见31条，采纳26条，其余已作说明。",
        attendants=("发改局", "审计局"),
        papers=(("2027年区级财政预算草案", "paper"), MINUTES_38),
        until="office_director",
    ),
    DemoItem(
        title="关于锦亭街道老旧小区改造项目的请示",
        unit="住建局",
        leader="岑以宁",
        matter="重大项目",
        filed="2026-11-06 09:30",
        presenter="丁筑",
        minutes=15,
        amount="2.6亿元",
        major=("project",),
        reason="锦亭街道现有2000年以前建成小区23个、住户4,860户，管网老化、无障碍设施缺失问题突出。"
        "拟分两年实施改造，资金由中央补助、专项债券和区级配套共同承担，居民出资比例不超过10%。",
        matters=("同意实施锦亭街道老旧小区改造项目，总投资2.6亿元", "由住建局牵头，锦亭街道配合，2028年6月底前完成"),
        coordination="已征求财政局、自然资源局、锦亭街道意见，一致同意；入户征求意见4,512户，同意率93%。",
        attendants=("财政局", "锦亭街道"),
        papers=(("锦亭街道老旧小区改造项目可行性研究报告", "feasibility"), MINUTES_38),
        opinions={"risk": "middle"},
    ),
    DemoItem(
        title="关于新建城东学校的请示",
        unit="教体局",
        leader="闻人澈",
        matter="重大项目",
        filed="2026-11-06 15:10",
        presenter="林知微",
        minutes=15,
        amount="1.8亿元",
        major=("project",),
        reason="我区城东片区现有常住人口6.2万人，义务教育阶段学位缺口1,860个。经区政府第38次常务会议研究，"
        "拟在锦亭街道东苑路以北新建九年一贯制学校一所，占地86亩，建筑面积4.1万平方米，规模54班。\n"
        "项目已完成可行性研究、社会稳定风险评估和合法性审查，专家论证意见为可行，建议同步建设接驳道路，已采纳。",
        matters=(
            "同意新建城东学校，规模54班",
            "总投资1.8亿元，纳入2027年区级政府投资计划",
            "由区住建局代建，2028年8月投用",
        ),
        coordination="已征求发改局、财政局、自然资源局、住建局、锦亭街道意见，均无不同意见。",
        attendants=("发改局", "财政局", "住建局", "自然资源局"),
        papers=(("城东学校可行性研究报告", "feasibility"), MINUTES_38),
        until="office_director",
    ),
    DemoItem(
        title="关于高铁片区控制性详细规划的汇报",
        unit="自然资源局",
        leader="岑以宁",
        matter="规划、国土、生态",
        filed="2026-11-09 11:20",
        presenter="方岩",
        minutes=20,
        major=("decision",),
        reason="高铁片区规划面积3.4平方公里，涉及石桥镇两个村。控规草案已公示30日，收到意见17条，采纳12条。"
        "主要明确站前广场、枢纽用地和安置区布局，开发强度与市级国土空间规划一致。",
        matters=("原则同意高铁片区控制性详细规划", "由自然资源局按程序报市政府审批"),
        coordination="已征求住建局、发改局、石桥镇意见；石桥镇建议扩大安置区，已采纳。",
        attendants=("住建局", "石桥镇"),
        papers=(("高铁片区控制性详细规划（草案）", "paper"), MINUTES_38),
        until="vetting",
        opinions={"legal": "lawful_if_changed", "expert": ""},
    ),
    DemoItem(
        title="关于生活垃圾焚烧处理设施选址的请示",
        unit="住建局",
        leader="岑以宁",
        matter="规划、国土、生态",
        filed="2026-11-09 17:00",
        presenter="丁筑",
        minutes=20,
        amount="3.2亿元",
        major=("decision", "project"),
        reason="现有填埋场预计2028年库容饱和，拟新建日处理600吨的焚烧处理设施。经比选，初步推荐柳浦镇北侧地块，"
        "距最近村庄1.1公里。前期征求意见时群众反映较集中，信访部门已收到联名来信。",
        matters=("同意生活垃圾焚烧处理设施选址方案", "由住建局牵头开展环境影响评价和群众工作"),
        coordination="柳浦镇对选址有不同意见，正在协调。",
        attendants=("自然资源局", "柳浦镇", "信访局"),
        papers=(("选址比选报告", "paper"), MINUTES_38),
        until="vetting",
        opinions={"risk": "high"},
    ),
    DemoItem(
        title="关于追认使用防汛抢险资金的报告",
        unit="财政局",
        leader="岑以宁",
        matter="大额资金",
        filed="2026-11-11 10:00",
        presenter="曹以谦",
        minutes=10,
        handling="hear",
        amount="1200万元",
        major=("fund",),
        reason="9月上旬强降雨期间，经书记、区长临机决定，动用预备费1,200万元用于长堤村等险段抢护和群众转移安置。"
        "险情解除后已完成资金清算，现向常委会报告使用情况。",
        papers=(("防汛抢险资金使用情况报告", "paper"),),
    ),
    DemoItem(
        title="关于青岩镇产业园合作协议的请示",
        unit="发改局",
        leader="岑以宁",
        matter="经济社会发展重大问题",
        filed="2026-11-11 14:30",
        presenter="唐砺",
        minutes=15,
        amount="9500万元",
        major=("project",),
        co_units=("青岩镇",),
        reason="青岩镇拟与省属企业合作共建农产品加工产业园，首期投资9,500万元，区级平台公司出资占股35%。",
        matters=("同意签订青岩镇产业园合作协议",),
        coordination="已征求财政局、司法局意见。",
        attendants=("青岩镇", "财政局"),
        papers=(("产业园合作协议（送审稿）", "paper"), MINUTES_38),
        until="returned",
    ),
    DemoItem(
        title="关于2026年全面从严治党工作情况的汇报",
        unit="区纪委",
        leader="韩立岑",
        matter="党建与从严治党",
        filed="2026-11-12 09:15",
        presenter="韩立岑",
        minutes=15,
        handling="hear",
        reason="今年以来，全区各级党组织落实主体责任，开展群众身边不正之风和腐败问题集中整治，"
        "立案132件，给予党纪政务处分97人。现汇报工作情况和2027年打算。",
        papers=(("2026年全面从严治党工作情况报告", "paper"),),
    ),
    DemoItem(
        title="关于信访积案化解工作的汇报",
        unit="政法委",
        leader="贺北辰",
        matter="稳定、应急、重大事故",
        filed="2026-11-12 15:45",
        presenter="何暖阳",
        minutes=15,
        reason="市交办信访积案20件，已化解9件，余11件，其中2件跨区域、协调难度大。拟实行领导包案，明确化解时限。",
        matters=("同意信访积案领导包案方案", "由政法委牵头，司法局、住建局、石桥镇、柳浦镇配合，2026年12月底前化解"),
        coordination="各包案领导已沟通。",
        attendants=("信访局", "司法局"),
        papers=(("信访积案化解工作方案", "paper"),),
        until="secretary",
    ),
    DemoItem(
        title="关于调整区委常委分工的建议",
        unit="区委办",
        leader="邵闻笛",
        matter="党建与从严治党",
        filed="2026-11-13 16:00",
        presenter="邵闻笛",
        minutes=10,
        major=("decision",),
        reason="因工作需要，拟对部分区委常委分工作相应调整。",
        matters=("同意调整后的区委常委分工",),
        until="draft",
    ),
)
