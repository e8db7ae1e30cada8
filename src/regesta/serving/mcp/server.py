"""The MCP server: the tools over standard input and output, or over HTTP at /mcp.

What comes in are messages of the Model Context Protocol; the official library speaks it, and is
loaded only here, when a server is asked for.
"""

import json
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from regesta.edition import Edition
from regesta.errors import MissingExtra, RegestaError
from regesta.serving.mcp.answers import Addresses
from regesta.serving.mcp.parameters import schema
from regesta.serving.mcp.tools import TOOLS, Tool, instructions
from regesta.serving.waiting import StillAtWork, patiently

if TYPE_CHECKING:
    from mcp.server import Server

CURE = "pip install 'regesta[mcp]'"
#: Bytes of one message at most: the longest quotation has room in it many times.
LARGEST_MESSAGE = 1_000_000
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_LOG = logging.getLogger("regesta")
_BY_NAME = {tool.name: tool for tool in TOOLS}


def _library() -> None:
    """Raise MissingExtra where the official library is not installed."""
    try:
        import mcp.server  # noqa: F401
    except ImportError:
        raise MissingExtra("the MCP library is not installed", CURE) from None


def answer(edition: Edition, name: str, given: dict[str, Any], at: Addresses) -> tuple[Any, str]:
    """Call a tool: (object, "") or (None, what is wrong).

    Raises:
        StillAtWork: What it asks for is still being found; nothing else is raised.
    """
    tool = _BY_NAME.get(name)
    if tool is None:
        return None, f"there is no tool {name[:60]!r} (there are: {', '.join(_BY_NAME)})"
    try:
        return tool.call(edition, given, at), ""
    except StillAtWork:
        raise
    except RegestaError as error:
        return None, str(error)
    except Exception as error:
        _LOG.error("regesta: mcp %s: %s: %s", name, type(error).__name__, error)
        return None, "the server failed at this (the fault is ours; its log says more)"


def make_server(
    edition: Callable[[], Edition], address: Callable[[], Addresses]
) -> "Server[dict[str, Any]]":
    """Make the server of an edition.

    Args:
        edition: Gives the edition; another one after a build.
        address: Spells permalinks.

    Raises:
        MissingExtra: The official library is not installed.
    """
    _library()
    from mcp import types
    from mcp.server import Server

    from regesta import __version__

    def described(tool: Tool) -> types.Tool:
        hints = types.ToolAnnotations(
            title=tool.title,
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        )
        return types.Tool(
            name=tool.name,
            title=tool.title,
            description=tool.about,
            input_schema=schema(tool.parameters),
            annotations=hints,
        )

    async def list_tools(_: Any, __: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[described(tool) for tool in TOOLS])

    async def call_tool(_: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        given = dict(asked.arguments or {})
        call = partial(answer, edition(), asked.name, given, address())
        try:
            found, wrong = await patiently(call)
        except StillAtWork as error:
            found, wrong = None, str(error)
        text = wrong or json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        told = types.TextContent(type="text", text=text)
        return types.CallToolResult(content=[told], structured_content=found, is_error=bool(wrong))

    return Server(
        "regesta",
        version=__version__,
        title=edition().info().title or "Regesta",
        instructions=instructions(edition()),
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def run_stdio(edition: Edition, at: Addresses) -> None:
    """Serve over standard input and output until the input ends.

    Raises:
        MissingExtra: The official library is not installed.
    """
    server = make_server(lambda: edition, lambda: at)
    import anyio
    from mcp.server.stdio import stdio_server

    async def run() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(run)


class McpEndpoint:
    """The ASGI application at /mcp: every request is answered by itself, no session is kept.

    Requests that name another host than this machine, or come from another site's script, are
    refused unless that host is allowed: a page elsewhere must not reach a server on loopback by a
    name that it points there (DNS rebinding).

    Args:
        hosts: Further hosts by which the edition may be asked; None allows any.
    """

    def __init__(self, hosts: Sequence[str] | None = ()) -> None:
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        state = request.app.state
        try:
            _library()
        except MissingExtra as error:
            missing = PlainTextResponse(f"{error.what} ({error.hint})\n", status_code=501)
            await missing(scope, receive, send)
            return
        if request.method != "POST":
            message = "this address speaks MCP: a client sends its messages by POST\n"
            refused: Response = PlainTextResponse(message, 405, headers={"allow": "POST"})
            await refused(scope, receive, send)
            return
        await self._answer(request, state, send)

    async def _answer(self, request: Request, state: Any, send: Send) -> None:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        at = Addresses(state.edition.info().address or str(request.base_url))
        manager = StreamableHTTPSessionManager(
            make_server(lambda: state.edition, lambda: at),
            json_response=True,
            stateless=True,
            security_settings=self._security(),
            max_request_body_size=LARGEST_MESSAGE,
        )
        async with manager.run():
            await manager.handle_request(request.scope, request.receive, send)

    def _security(self) -> Any:
        from mcp.server.transport_security import TransportSecuritySettings

        if self.hosts is None:
            return TransportSecuritySettings(enable_dns_rebinding_protection=False)
        names = [*_LOCAL, *self.hosts]
        hosts = [*names, *(f"{name}:*" for name in names)]
        origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
        return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)
