"""Own, license and audit AI digital twins of fashion models, paid by the second."""
