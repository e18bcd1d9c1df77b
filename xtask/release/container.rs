//! The Containerfile. It installs the Debian package that lies beside it, whose name has the
//! architecture in the words that builders of images use.

use crate::{debian, release::Release};

/// Returns the Containerfile.
pub fn text(release: &Release) -> String {
    let (version, debian) = (&release.version, debian::version(release));
    format!(
        "# An image with bundle {version}. Build it in the folder with the release's files:
#     podman build --tag bundle:{version} .
#     podman run --rm --volume \"$PWD:/project\" bundle:{version} --watch
# Node is not in it: only configurations with PostCSS, Babel, ESLint or plugins need Node.
FROM debian:stable-slim
ARG TARGETARCH=amd64
COPY bundle_{debian}_${{TARGETARCH}}.deb SHA256SUMS /tmp/release/
RUN cd /tmp/release \\
 && sha256sum --check --strict --ignore-missing SHA256SUMS \\
 && dpkg --install bundle_*.deb \\
 && rm -r /tmp/release
WORKDIR /project
ENTRYPOINT [\"bundle\"]
"
    )
}
