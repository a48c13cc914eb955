"""Many samples and deeper networks: data, a run that grows, maps, each sample's blame."""
