"""Bodies (党代会, 全委会, 常委会, 书记专题会), their terms, and who sits there on a day."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from common.identity.models import Person
from common.promises.guards import Guard
from common.tenancy.dated import DatedQuerySet, DatedRow, DayRange, days_in_order, never_twice
from common.tenancy.models import CommitteeManager, CommitteeRow


class Body(CommitteeRow):
    """A body of the committee. Each kind exists once; 书记专题会 prepares and is no level of decision (rules.md §1)."""

    class Kind(models.TextChoices):
        CONGRESS = "congress", "党代会"
        PLENARY = "plenary", "全委会"
        STANDING = "standing", "常委会"
        SECRETARY_MEETING = "secretary_meeting", "书记专题会"

    kind = models.CharField("种类", max_length=20, choices=Kind.choices)
    name = models.CharField("名称", max_length=60, help_text="如：区委常委会")
    yearly_meetings = models.PositiveSmallIntegerField("每年至少开会次数", null=True, blank=True)

    class Meta(CommitteeRow.Meta):
        verbose_name = "会议机构"
        constraints = [models.UniqueConstraint(fields=["committee", "kind"], name="one_body_of_a_kind")]

    def __str__(self) -> str:
        return self.name


class Term(CommitteeRow):
    """A 届. May be lengthened (延期换届) with a basis; seats lie within it (checked by the database)."""

    GUARDS = (
        Guard(
            name="term_covers_seats",
            when="BEFORE UPDATE",
            body="""
  IF EXISTS (SELECT 1 FROM committee_seat s WHERE s.term_id = NEW.id AND s.voided_at IS NULL
             AND (s.valid_from < NEW.starts_on
                  OR coalesce(s.valid_to, s.valid_from) > coalesce(NEW.extended_to, NEW.ends_on))) THEN
    RAISE EXCEPTION '本届已有席位在改后的起止日之外，请先调整席位' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    number = models.PositiveSmallIntegerField("届次")
    starts_on = models.DateField("起始日")
    ends_on = models.DateField("届满日")
    extended_to = models.DateField("延期至", null=True, blank=True)
    extension_basis = models.CharField("延期依据", max_length=200, blank=True)

    class Meta(CommitteeRow.Meta):
        verbose_name = "届次"
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="one_term_of_a_number"),
            models.CheckConstraint(
                name="term_days",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message="届满日须在起始日之后。",
            ),
            models.CheckConstraint(
                name="term_extension_has_basis",
                condition=Q(extended_to__isnull=True) | (Q(extended_to__gt=F("ends_on")) & ~Q(extension_basis="")),
                violation_error_message="延期换届须晚于届满日，并写明依据。",
            ),
            ExclusionConstraint(
                name="terms_follow_each_other",
                expressions=[
                    ("committee", RangeOperators.EQUAL),
                    (DayRange("starts_on", Coalesce("extended_to", "ends_on")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="与另一届的日期重叠，请核对起始日和届满日。",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}届"

    @property
    def last_day(self) -> date:
        return self.extended_to or self.ends_on


class BodyPlaces(DatedRow):
    """名额 of a body from a day, with its basis: places less seats filled are 缺额, which never count in 应到."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="places")
    members = models.PositiveSmallIntegerField("有表决权的名额")
    alternates = models.PositiveSmallIntegerField("候补名额", default=0)
    basis = models.CharField("依据", max_length=200)

    class Meta(DatedRow.Meta):
        verbose_name = "名额"
        constraints = [
            days_in_order("body_places_days"),
            never_twice("body_places_once", "body", message="这个会议机构在此期间已登记了名额。"),
            models.CheckConstraint(
                name="body_places_has_basis", condition=~Q(basis=""), violation_error_message="名额须写明依据。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}名额 {self.members}"


class SeatQuerySet(DatedQuerySet):
    """Who sits where, on a day."""

    def serving_on(self, day: date) -> Self:
        """Seats filled on this day, in order of post."""
        return self.on(day).select_related("person").order_by("rank_order", "person__name_pinyin", "pk")

    def acting_on(self, day: date) -> Self:
        """Seats by which a person may do something that day: all but those a state takes out."""
        return self.on(day).exclude(pk__in=SeatState.objects.on(day).filter(SeatState.TAKES_OUT).values("seat"))

    def with_state(self, day: date) -> Self:
        """With `is_out`: does a state take the seat out that day?"""
        out = SeatState.objects.on(day).filter(SeatState.TAKES_OUT, seat=OuterRef("pk"))
        return self.annotate(is_out=Exists(out))

    def of_body(self, kind: str) -> Self:
        return self.filter(body__kind=kind)

    def sorted_by(self, order: str) -> Self:
        """By post (the office's order), by pinyin, or by stroke (按姓氏笔画)."""
        names = {"pinyin": ["person__name_pinyin"], "stroke": ["person__name_stroke"]}
        return self.order_by(*names.get(order, ["rank_order", "person__name_pinyin"]), "pk")


class Seat(DatedRow):
    """A person's seat in a body for some days of a term."""

    class Kind(models.TextChoices):
        SECRETARY = "secretary", "书记"
        DEPUTY_SECRETARY = "deputy_secretary", "副书记"
        STANDING_MEMBER = "standing_member", "常委"
        COMMITTEE_MEMBER = "committee_member", "委员"
        ALTERNATE_MEMBER = "alternate_member", "候补委员"
        DELEGATE = "delegate", "代表"

    GUARDS = (
        Guard(
            name="seat_within_term",
            when="BEFORE INSERT OR UPDATE",
            declare="t record;",
            body="""
  SELECT starts_on, coalesce(extended_to, ends_on) AS last_day INTO t FROM committee_term WHERE id = NEW.term_id;
  IF NEW.valid_from < t.starts_on OR NEW.valid_from > t.last_day OR NEW.valid_to > t.last_day THEN
    RAISE EXCEPTION '席位的起止日须在本届（% 至 %）之内', t.starts_on, t.last_day USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    term = models.ForeignKey(Term, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    kind = models.CharField("类别", max_length=20, choices=Kind.choices)
    post = models.CharField("职务", max_length=100, blank=True)
    rank_order = models.PositiveIntegerField("排序", default=9999)
    basis = models.CharField("依据", max_length=200, blank=True)

    objects = CommitteeManager.from_queryset(SeatQuerySet)()
    everywhere = models.Manager.from_queryset(SeatQuerySet)()

    class Meta(DatedRow.Meta):
        verbose_name = "席位"
        constraints = [
            days_in_order("seat_days"),
            never_twice("seat_once", "body", "person", message="此人在此期间已有该会议机构的席位。"),
            never_twice(
                "one_secretary",
                "body",
                message="此期间已有书记在任，不能有两位书记。",
                condition=Q(kind="secretary"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.name}（{self.get_kind_display()}）"

    @property
    def votes(self) -> bool:
        """Alternates attend and speak, they do not vote (rules.md §1)."""
        return self.kind != Seat.Kind.ALTERNATE_MEMBER


class SeatState(DatedRow):
    """A state of a seat for some days; whether it counts in 应到 is entered with its basis (rules.md §2)."""

    GUARDS = (
        Guard(
            name="seat_state_within_seat",
            when="BEFORE INSERT OR UPDATE",
            declare="s record;",
            body="""
  SELECT valid_from, valid_to INTO s FROM committee_seat WHERE id = NEW.seat_id;
  IF NEW.voided_at IS NULL AND (NEW.valid_from < s.valid_from OR NEW.valid_from > coalesce(s.valid_to, NEW.valid_from)
     OR NEW.valid_to > coalesce(s.valid_to, NEW.valid_to)) THEN
    RAISE EXCEPTION '席位状态的起止日须在席位的起止日之内' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    class Kind(models.TextChoices):
        SECONDED = "seconded", "挂职"
        SUSPENDED = "suspended", "停职"
        LONG_LEAVE = "long_leave", "长期请假"

    # 停职 takes every right of the seat, also where the paper says that it still counts in 应到; of the other states
    # those that do not count (rules.md §2).
    TAKES_OUT = Q(kind=Kind.SUSPENDED) | Q(counts_in_due=False)

    @classmethod
    def takes_out(cls, kind: str | None, counts_in_due: bool | None) -> bool:
        """The same of one state, or of none."""
        return kind == cls.Kind.SUSPENDED or counts_in_due is False

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="states")
    kind = models.CharField("状态", max_length=12, choices=Kind.choices)
    counts_in_due = models.BooleanField("计入应到")
    basis = models.CharField("依据", max_length=200)

    class Meta(DatedRow.Meta):
        verbose_name = "席位状态"
        constraints = [
            days_in_order("seat_state_days"),
            never_twice("seat_state_once", "seat", message="这个席位在此期间已登记了状态。"),
            models.CheckConstraint(
                name="seat_state_has_basis", condition=~Q(basis=""), violation_error_message="席位状态须写明依据。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.get_kind_display()}"
