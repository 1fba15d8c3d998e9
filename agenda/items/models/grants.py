"""Single grants on one item, and who is kept from it."""

from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermissionBase

from agenda.items.models.item import Item
from common.identity.models import Person
from common.tenancy.models import CommitteeRow


class ItemGrant(UserObjectPermissionBase):
    """guardian's direct grant on one item: to read it, or to review it by delegation; with an end; by a service.

    It is the person's: the login that guardian wants is the person's own, and who asks is matched by person.
    What a notice opened for its meeting stands beside what was granted by hand, and ends with that meeting's need.
    """

    content_object = models.ForeignKey(Item, models.PROTECT, related_name="grants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    occasion = models.CharField(
        "缘由", max_length=40, blank=True, default="", help_text="such as agenda.meeting/12; empty where given by hand"
    )
    until = models.DateField("至", null=True)
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        unique_together = ()  # of the base, without the person
        constraints = [
            models.UniqueConstraint(
                fields=["person", "user", "permission", "content_object", "occasion"], name="one_grant_of_a_kind"
            )
        ]


class ItemRecusal(CommitteeRow):
    """回避 as it stands: this person is kept from the item's page and papers, whatever else would open them.

    Written with the 回避 of the 会议记录 and ended with it (rules.md §2: recusal closes the materials, too).
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="recusals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField("回避起")
    ended_at = models.DateTimeField("取消时间", null=True)

    class Meta(CommitteeRow.Meta):
        verbose_name = "回避"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person"], condition=Q(ended_at__isnull=True), name="one_standing_recusal"
            )
        ]
