"""Files on their way out that are put together as they go."""

from starlette.responses import Response, StreamingResponse

from services.archive.make import Copy


def archive_response(no: str, out: Copy) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{no}.zip"',
        "Content-Length": str(out.size),
        "Cache-Control": "private, no-store",
    }
    return StreamingResponse(out.pieces, media_type="application/zip", headers=headers)
