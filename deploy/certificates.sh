#!/bin/sh
# Certificates of your own, for one site: certificates.sh DIR ca | server NAME… | bridge | probe NAME | device ID…
# DIR gets ca.crt and ca.key (keep that one offline), server.crt and server.key, and so on; keys are PKCS#8.
set -eu

dir=$1
what=$2
shift 2
mkdir -p "$dir"
cd "$dir"
umask 077

# issue NAME SUBJECT EXTENSIONS
issue() {
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
    -keyout "$1.key" -out "$1.csr" -subj "$2" 2>/dev/null
  printf '%b' "$3" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 825 -sha256 \
    -extfile "$1.ext" -out "$1.crt" 2>/dev/null
  rm -f "$1.csr" "$1.ext"
  chmod 644 "$1.crt"
}

case $what in
  ca)
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 -days 3650 \
      -keyout ca.key -out ca.crt -subj "/CN=Sightline CA" \
      -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
    chmod 644 ca.crt
    ;;
  server)
    names=
    for name in "$@"; do
      case $name in
        *[!0-9.]*) names=$names,DNS:$name ;;
        *) names=$names,IP:$name ;;
      esac
    done
    issue server "/CN=$1" "subjectAltName=${names#,}\nextendedKeyUsage=serverAuth\n"
    ;;
  bridge) issue bridge /CN=bridge "extendedKeyUsage=clientAuth\n" ;;
  probe) issue probe "/CN=_sightline-probe-$1" "extendedKeyUsage=clientAuth\n" ;;
  device)
    mkdir -p devices
    for id in "$@"; do
      case $id in
        *[!A-Za-z0-9_-]* | '' | bridge | _sightline*)
          echo "certificates.sh: $id can't be a device's id" >&2
          exit 2
          ;;
      esac
      issue "devices/$id" "/CN=$id" "extendedKeyUsage=clientAuth\n"
    done
    ;;
  *)
    echo "usage: certificates.sh DIR ca | server NAME… | bridge | probe NAME | device ID…" >&2
    exit 2
    ;;
esac
