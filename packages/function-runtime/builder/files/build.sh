# Builds the Dockerfile of a repository, without credentials, and without a network except its own loopback device.
#
# The result is in /work; bailiwick/installing/dockerfile.py describes its files.
set -eu
if [ -e /work/problem ] || [ -e /work/error ]; then exit 0; fi
mkdir -p /work/context
tar --extract --no-same-owner --file /code/bundle.tar.gz --directory /work/context

build() {
  # Buildah's isolation "chroot" shares namespaces with its parent. The limits are those of each process: 768 MiB, so that
  # the kernel does not end the container, and 256 processes.
  unshare --net --pid --ipc --uts --fork --kill-child --mount-proc \
    buildah build --isolation chroot --pull-never --timestamp 0 --no-cache \
    --ulimit data=805306368:805306368 --ulimit nproc=256:256 \
    --build-context runtime=container-image://localhost/runtime \
    --file /work/context/Dockerfile --tag localhost/result /work/context
}

# The output can be endless; the log keeps its beginning.
{
  build && echo done >/work/built || true
} 2>&1 | {
  head --bytes=262144 | tee /work/log
  cat >/dev/null
}
if [ ! -e /work/built ]; then
  reason=$(sed --quiet 's/^Error: //p' /work/log | tail --lines=1)
  case "$reason" in
    *"image not known"*) advice="Use runtime${BAILIWICK_IMAGES:+, or one of: $BAILIWICK_IMAGES}" ;;
    *) advice="Steps have no network; the log shows their output" ;;
  esac
  echo "The Dockerfile cannot be built: ${reason:-it was stopped}. $advice" >/work/problem
  exit 0
fi
buildah push --quiet --disable-compression localhost/result dir:/work/image
