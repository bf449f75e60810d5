"""What each event does to the state, and whether the laws allowed it in its own second.

One module per room of the contracts; `twinrights.audit.rebuild` calls them in order.
"""
