"""Person ≠ login: a person belongs to a committee and may have no login; one login may act for several persons."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q

from common.tenancy.dated import DatedQuerySet, DatedRow, days_in_order, never_twice
from common.tenancy.guards import stays
from common.tenancy.models import Committee, CommitteeManager, CommitteeRow


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser, PermissionsMixin):
    """A login. It has no rights of its own: all come from the person it acts for and that person's posts."""

    username = models.CharField("登录名", max_length=60, unique=True)
    label = models.CharField("使用人", max_length=60)
    home = models.ForeignKey(
        Committee, models.PROTECT, related_name="+", verbose_name="开通的党委", help_text="resets and unlocks it"
    )
    is_active = models.BooleanField("可用", default=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    large_type = models.BooleanField("大字版", default=False)
    created_at = models.DateTimeField("建立时间", null=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["label"]

    class Meta:
        verbose_name = "登录账号"

    def __str__(self) -> str:
        return self.label


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about people of a committee."""

    def current(self) -> "PersonQuerySet":
        """Without those merged into another."""
        return self.filter(merged_into__isnull=True)

    def by_post(self) -> "PersonQuerySet":
        """职务 order first, then pinyin."""
        return self.order_by("rank_order", "name_pinyin", "pk")

    def by_pinyin(self) -> "PersonQuerySet":
        return self.order_by("name_pinyin", "pk")

    def by_stroke(self) -> "PersonQuerySet":
        """按姓氏笔画."""
        return self.order_by("name_stroke", "pk")


class Person(CommitteeRow):
    """A human being as one committee knows them. A duplicate points at the one that stays."""

    class Gender(models.TextChoices):
        MALE = "male", "男"
        FEMALE = "female", "女"

    name = models.CharField("姓名", max_length=40)
    # The same name under two ICU collations (promises keep them equal): ordering needs no dictionary of our own.
    name_pinyin = models.GeneratedField(
        expression=F("name"),  # type: ignore[arg-type]
        output_field=models.CharField(max_length=40, db_collation="zh_pinyin"),
        db_persist=True,
    )
    name_stroke = models.GeneratedField(
        expression=F("name"),  # type: ignore[arg-type]
        output_field=models.CharField(max_length=40, db_collation="zh_stroke"),
        db_persist=True,
    )
    gender = models.CharField("性别", max_length=6, choices=Gender.choices, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    post_title = models.CharField("现任职务", max_length=100, blank=True)
    rank_order = models.PositiveIntegerField("职务排序", default=9999)
    phone = models.CharField("电话", max_length=40, blank=True)
    email = models.EmailField("邮箱", blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = CommitteeManager.from_queryset(PersonQuerySet)()
    everywhere = models.Manager.from_queryset(PersonQuerySet)()

    class Meta(CommitteeRow.Meta):
        verbose_name = "人员"
        constraints = [
            models.CheckConstraint(
                name="person_not_merged_into_itself",
                condition=~Q(merged_into=F("id")),
                violation_error_message="不能把一个人并入其本人。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ActingFor(DatedRow):
    """This login acts for this person: the person's own, or a staff member's by delegation (rules.md M15)."""

    class Kind(models.TextChoices):
        SELF = "self", "本人"
        STAFF = "staff", "受托代办"

    account = models.ForeignKey(Account, models.PROTECT, related_name="acting")
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    kind = models.CharField("方式", max_length=8, choices=Kind.choices, default=Kind.SELF)
    basis = models.CharField("依据", max_length=200, blank=True)

    GUARDS = (stays("acting_stays", "account_id", "person_id", "kind", says="账号代表谁不能改，只能停用后另行登记"),)

    objects = CommitteeManager.from_queryset(DatedQuerySet)()
    everywhere = models.Manager.from_queryset(DatedQuerySet)()

    class Meta(DatedRow.Meta):
        verbose_name = "账号与人员"
        constraints = [
            days_in_order("acting_days"),
            never_twice("acting_once", "account", "person", message="这个账号在此期间已经可以代表此人。"),
        ]

    def __str__(self) -> str:
        return f"{self.account.username}（{self.get_kind_display()}：{self.person.name}）"


class ActingOffer(CommitteeRow):
    """A login that was not opened here is asked to act for a person; nothing is given until its owner says yes.

    It holds the name as typed, whether or not there is such a login, so that nobody learns which names exist.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "已同意"
        DECLINED = "declined", "未同意"
        WITHDRAWN = "withdrawn", "已撤回"

    GUARDS = (
        stays(
            "acting_offer_stays",
            "username",
            "person_id",
            "kind",
            "basis",
            "valid_to",
            once=("closed_at", "outcome"),
            says="请他人账号代表的内容不能改，只能撤回后另提",
        ),
    )

    person = models.ForeignKey(Person, models.PROTECT, related_name="offers")
    username = models.CharField("登录名", max_length=60)
    kind = models.CharField("方式", max_length=8, choices=ActingFor.Kind.choices)
    basis = models.CharField("依据", max_length=200, blank=True)
    valid_to = models.DateField("到", null=True, blank=True)
    offered_at = models.DateTimeField("提出时间")
    offered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("了结时间", null=True, blank=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices, blank=True)

    class Meta(CommitteeRow.Meta):
        verbose_name = "账号邀请"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "username"],
                condition=Q(closed_at__isnull=True),
                name="one_open_offer",
                violation_error_message="已经请过这个登录名的使用人，正在等他答复。",
            ),
            models.CheckConstraint(
                name="closed_offer_has_outcome", condition=Q(closed_at__isnull=True, outcome="") | ~Q(outcome="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.username}（{self.get_kind_display()}：{self.person.name}）"
