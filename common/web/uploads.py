"""A request that is far too large is turned away before anything of it is kept."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PIECE = 1024 * 1024
WORDS = "一次上传的文件合计超过 {} MB，什么都没有写入。请压缩或拆分，单个文件不超过 50 MB，再分次上传。"


class LargeRequestMiddleware:
    """Refuses by the length the browser announces. A form may carry several files of 50 MB, but not gigabytes.

    The rest is read to nowhere, so that the browser comes to see the sentence; what is beyond that is cut off.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most = settings.MAX_REQUEST_BYTES
        if int(request.META.get("CONTENT_LENGTH") or 0) <= most:
            return self.get_response(request)
        left = 2 * most
        while left > 0 and (piece := request.read(PIECE)):
            left -= len(piece)
        return render(request, "common/refused.html", {"message": WORDS.format(most // 2**20)}, status=413)
