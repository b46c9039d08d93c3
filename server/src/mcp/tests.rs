//! MCP as an agent sees it.
