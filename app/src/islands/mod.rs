//! The parts that come alive in the browser; each stands on the page as working HTML before it does.
//! Nothing here may reach for the router or the clock of the server.
