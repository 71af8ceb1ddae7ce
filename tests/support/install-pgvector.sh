#!/usr/bin/env bash
# Installs PostgreSQL with pgvector from Debian's packages, for the tests that want a real server. Needs root; takes about a minute.
# Debian 12 has no package of pgvector: there, its source package is taken from Debian 13 and compiled.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
if compgen -G '/usr/share/postgresql/*/extension/vector.control' >/dev/null; then exit 0; fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends postgresql postgresql-contrib >/dev/null
version=$(ls /usr/lib/postgresql | sort -n | tail -n 1)
if apt-get install -y -qq --no-install-recommends "postgresql-$version-pgvector" >/dev/null 2>&1; then exit 0; fi

apt-get install -y -qq --no-install-recommends "postgresql-server-dev-$version" gcc make >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p lists/partial cache
# From the same mirror that this machine takes its packages from.
site=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | head -n 1)
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $site trixie main" >sources.list
source_apt() {
  apt-get -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -qq "$@"
}
source_apt update
source_apt source --download-only pgvector
tar xzf pgvector_*.orig.tar.gz
cd pgvector-*/
make -j2 OPTFLAGS="" PG_CONFIG="/usr/lib/postgresql/$version/bin/pg_config" >/dev/null
make install PG_CONFIG="/usr/lib/postgresql/$version/bin/pg_config" >/dev/null
