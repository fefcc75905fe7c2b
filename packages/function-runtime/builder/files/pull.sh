# Pulls the images that the Dockerfile of a repository uses, and runs nothing.
#
# This is the only container with both a network and credentials of the registry. The result of the build is in /work;
# bailiwick/installing/dockerfile.py describes its files.
#
#   BAILIWICK_RUNTIME   image that the Dockerfile names "runtime"
#   BAILIWICK_IMAGES    other images that it can use, separated by spaces
#   BAILIWICK_INSECURE  host of a registry without TLS
set -euf
mkdir -p "$TMPDIR"

pull() {
  set -- "$1" --quiet
  [ ! -s /registry/.dockerconfigjson ] || set -- "$@" --authfile /registry/.dockerconfigjson
  case "$1" in "${BAILIWICK_INSECURE:-none}"/*) set -- "$@" --tls-verify=false ;; esac
  image=$1
  shift
  if ! buildah pull "$@" "docker://$image"; then
    echo "The image $image cannot be pulled" >/work/error
    exit 0
  fi
}

dockerfile=$(tar --extract --to-stdout --file /code/bundle.tar.gz Dockerfile | head --bytes=1048576)
if [ -z "$dockerfile" ]; then
  echo "The commit has no Dockerfile" >/work/problem
  exit 0
fi
pull "$BAILIWICK_RUNTIME"
buildah tag "$BAILIWICK_RUNTIME" localhost/runtime
for image in ${BAILIWICK_IMAGES:-}; do
  case "$dockerfile" in *"$image"*) pull "$image" ;; esac
done
