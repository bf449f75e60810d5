"""The scenes of the demo, in the order in which `twinrights.demo.story` plays them."""
