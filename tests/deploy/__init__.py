"""Tries what .ci/deploy describes: several copies behind nginx, and the steps of the Dockerfile."""
