"""Who may vote and has voted, and what is sealed until the count: nothing here says what anybody voted."""

from django.db import models

from common.identity.models import Person
from common.promises.guards import stays
from common.tenancy.models import CommitteeRow, PassingRow, Record
from decisions.ballots.guards import (
    CODE_BEFORE_ISSUE,
    ENVELOPE_OF_A_CAST,
    SLIP_OF_A_VOTER,
    VOTER_AS_ISSUED,
    VOTER_MARKED_ONCE,
    kept_to_the_count,
)
from decisions.ballots.models.ballot import Ballot, BallotOfficer


class BallotVoter(CommitteeRow):
    """The register, frozen at the issue; all that ever changes of a row is that its voter has voted, once."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="voters")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    eligible = models.BooleanField("可投票")
    cast = models.BooleanField("已投票", default=False)

    GUARDS = (VOTER_AS_ISSUED, VOTER_MARKED_ONCE)

    class Meta(CommitteeRow.Meta):
        verbose_name = "投票人名册"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "person"], name="ballot_voter_once"),
            models.CheckConstraint(
                name="only_eligible_cast", condition=models.Q(cast=False) | models.Q(eligible=True),
                violation_error_message="不在投票人之列，不能投票。",
            ),
        ]  # fmt: skip


class BallotEnvelope(PassingRow):
    """A sealed ballot: of one length for all, of nobody, until the count opens and deletes them together."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="envelopes")
    sealed = models.BinaryField("密封选票")
    mac = models.BinaryField("验证码")

    GUARDS = (ENVELOPE_OF_A_CAST, kept_to_the_count("envelope_kept"))

    class Meta(PassingRow.Meta):
        verbose_name = "密封选票"


class BallotCode(Record):
    """A scrutineer's 监票口令 as far as the server knows it: what it is derived with, and its public key (hex)."""

    officer = models.ForeignKey(BallotOfficer, models.PROTECT, related_name="codes")
    salt = models.BinaryField("盐")
    memory_kib = models.PositiveIntegerField("内存")
    passes = models.PositiveIntegerField("遍数")
    public_key = models.CharField("公钥", max_length=64)
    at = models.DateTimeField("时间")

    GUARDS = (CODE_BEFORE_ISSUE,)

    class Meta(Record.Meta):
        ordering = ["pk"]


class BallotWrap(PassingRow):
    """The ballot's secret key, sealed for one pair of codes: `Seal_one(Seal_other(key))`; goes with the envelopes."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="wraps")
    one = models.ForeignKey(BallotCode, models.PROTECT, related_name="+")
    other = models.ForeignKey(BallotCode, models.PROTECT, related_name="+")
    sealed = models.BinaryField("密封私钥")

    GUARDS = (kept_to_the_count("wrap_kept"),)

    class Meta(PassingRow.Meta):
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="wrap_of_pair_once")]


class BoothSlip(CommitteeRow):
    """投票凭条 for the shared tablet: bound to one voter, handed out by a scrutineer, good for one ballot paper.

    `digest`: HMAC-SHA256 of what is printed on it, under the application's key.
    """

    voter = models.ForeignKey(BallotVoter, models.PROTECT, related_name="slips")
    digest = models.CharField("摘要", max_length=64)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    used_at = models.DateTimeField("使用时间", null=True)

    GUARDS = (
        SLIP_OF_A_VOTER,
        stays(
            "slip_stays",
            "voter_id",
            "digest",
            "given_by_id",
            "at",
            once=("used_at",),
            says="凭条只能使用一次，不能改动",
        ),
    )

    class Meta(CommitteeRow.Meta):
        ordering = ["pk"]
