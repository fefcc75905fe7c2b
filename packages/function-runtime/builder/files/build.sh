# Builds the Dockerfile of a repository, without credentials. Its steps have no network except a loopback device.
#
# The result is in /work; bailiwick/installing/dockerfile.py describes its files.
set -eu
if [ -e /work/problem ] || [ -e /work/error ]; then exit 0; fi

fail() {
  echo "$1" >/work/problem
  exit 0
}

mkdir -p /work/context
tar --extract --no-same-owner --file /code/bundle.tar.gz --directory /work/context ||
  fail "The code bundle cannot be unpacked"
if [ ! -f /work/context/Dockerfile ] || [ -L /work/context/Dockerfile ]; then
  fail "The Dockerfile is no regular file"
fi

build() {
  # Buildah's isolation "chroot" shares namespaces with its parent. Each process has at most 768 MiB.
  unshare --net --pid --ipc --uts --fork --kill-child --mount-proc \
    buildah build --isolation chroot --pull=never --timestamp 0 --no-cache \
    --ulimit data=805306368:805306368 --ulimit nproc=256:256 \
    --build-context runtime=container-image://localhost/runtime \
    --file /work/context/Dockerfile --tag localhost/result /work/context
}

# The output can be endless, and its end contains the reason.
mkfifo /work/output
tail --bytes=65536 </work/output >/work/log &
{
  if build; then echo >/work/built; fi
} 2>&1 | tee /work/output
wait
if [ ! -e /work/built ]; then
  reason=$(sed --quiet 's/^Error: //p' /work/log | tail --lines=1 | sed 's/ &imagebuilder.*//' | head --bytes=1000)
  case "$reason" in
    *"image not known"*) advice=" It is not among the allowed images: runtime${BAILIWICK_IMAGES:+ $BAILIWICK_IMAGES}" ;;
    *"exit status"*) advice=" Steps have no network; the log shows their output" ;;
    *) advice="" ;;
  esac
  fail "The Dockerfile cannot be built: ${reason:-it was stopped}.$advice"
fi
buildah push --quiet --disable-compression localhost/result dir:/work/image ||
  echo "The built image cannot be stored" >/work/error
