"""Rules that are kept in versions: the pages of one kind, and drafting the next as a copy of the last."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from common.services import Refused
from common.web.acts import Question, write_page
from common.web.formats import cn_full_date
from common.web.request import ActorRequest
from common.web.sections import RULES, section_tabs


@dataclass(frozen=True)
class Change:
    """One thing that a new version says otherwise; empty text where there was or will be nothing."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Rulebook:
    """One kind of rules. `address` names its first page, with those of a version and of a new one beside it.

    `versions` is the model's manager; `still` says of what goes on by the version before.
    """

    name: str
    address: str
    folder: str
    versions: Any
    still: str

    def version(self, pk: int) -> tuple[Any, Any]:
        """A version and the one before it, or None."""
        found = get_object_or_404(self.versions.select_related("record"), pk=pk)
        return found, self.versions.standing().filter(version=found.version - 1).first()

    def last(self) -> Any:
        """The newest version, which the next one is drafted from."""
        last = self.versions.standing().order_by("-version").first()
        if last is None:
            raise Refused(f"还没有{self.name}。请先导入台账或由系统管理员建立本党委，规则随之建立。")
        return last

    def show(
        self,
        request: ActorRequest,
        found: Any,
        day: date,
        *,
        may_keep: bool,
        changed: Sequence[Change] = (),
        one: bool = False,
        **context: Any,
    ) -> HttpResponse:
        """The page of a day, or with `one` of a single version and what it changed."""
        page = {
            "rules": found,
            "day": day,
            "one": one,
            "changed": changed,
            "versions": self.versions.standing().order_by("-version"),
            "may_keep": may_keep,
            "section": section_tabs(RULES, request.actor, day),
        }
        return render(request, f"{self.folder}/rules.html", page | context)

    def revise(
        self,
        request: HttpRequest,
        form: forms.BaseForm,
        last: Any,
        *,
        changes: Callable[[], list[Change]],
        adopt: Callable[[dict[str, Any]], Any],
        context: dict[str, Any],
        means: Callable[[dict[str, Any]], Iterable[tuple[str, Any]]] = lambda data: (),
    ) -> HttpResponse:
        """Compare the valid form with the last version, ask once with each change in words, then `adopt` it.

        `means` adds what the new version comes to.
        """
        if form.is_valid() and not changes():
            form.add_error(None, "与现行规则完全相同，不必另立新版本。")

        def ask(data: dict[str, Any]) -> Question:
            said = [(each.what, f"{each.before or '没有'} → {each.after or '去掉'}") for each in changes()]
            return Question(
                f"自{cn_full_date(data['valid_from'])}起施行第 {last.version + 1} 版，"
                f"第 {last.version} 版到前一天为止。施行后存证，不能再改，只能另立新版本；{self.still}。",
                [("依据", data["source"]), *said, *means(data)],
            )

        return write_page(
            request,
            form,
            adopt,
            title=f"起草{self.name}第 {last.version + 1} 版",
            label="核对并施行",
            note=f"从现行的抄起，只改要改的。{self.still}。",
            back=reverse(self.address),
            crumbs=[(self.name, reverse(self.address))],
            done="新版规则已定，到施行日起用。",
            ask=ask,
            to=lambda made: reverse(f"{self.address}_version", args=[made.pk]),
            template=f"{self.folder}/revise.html",
            context=context,
        )
