"""What PostgreSQL undid because two worked at once is a page that says so, not an error."""

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from common.web.middleware import RefusalMiddleware
from tests.support.cast import District


@pytest.mark.parametrize(("state", "status"), [("40P01", 409), ("40001", 409), ("57014", None)])
def test_who_gave_way_is_told_to_try_again(
    committed_db: None, district: District, rf: RequestFactory, state: str, status: int | None
) -> None:
    with pytest.raises(OperationalError) as said, connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'stopped' USING ERRCODE = '{state}'; END $$")
    request = rf.get("/")
    request.actor = None
    answer = RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, said.value)
    assert (answer.status_code if answer else None) == status
    if answer:
        assert "另一处的改动与此冲突，没有写入。请刷新后核对再试。" in answer.content.decode()
