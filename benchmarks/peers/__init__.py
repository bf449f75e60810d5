"""What others do in place of ours, each as npm ships it: one module for each peer."""
