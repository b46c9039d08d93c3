//! The server as a browser sees it.
