#!/bin/sh
# Makes the certificates and keys of TlsTest anew, with OpenSSL 3. They are good for a hundred years and protect nothing.
set -eu
cd "$(dirname "$0")"

key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }

# sign NAME SUBJECT EXTENSION CA VALIDITY...
sign() {
  name=$1 subject=$2 extension=$3 ca=$4
  shift 4
  openssl req -new -key "$name-key.pem" -subj "$subject" -out request.csr
  printf '%s\n' "$extension" > extensions.cnf
  openssl x509 -req -in request.csr -CA "$ca.pem" -CAkey "$ca-key.pem" -extfile extensions.cnf -out "$name.pem" "$@"
  rm request.csr extensions.cnf
}

for ca in ca other-ca; do
  key "$ca-key.pem"
  openssl req -x509 -new -key "$ca-key.pem" -subj "/CN=Test $ca" -days 36500 -out "$ca.pem"
done
cat other-ca.pem ca.pem > both-cas.pem
for name in server client; do key "$name-key.pem"; done
cp server-key.pem misnamed-key.pem
cp server-key.pem expired-key.pem
sign server /CN=localhost 'subjectAltName=DNS:localhost' ca -days 36500
sign misnamed /CN=cache.example.com 'subjectAltName=DNS:cache.example.com' ca -days 36500
sign expired /CN=localhost 'subjectAltName=DNS:localhost' ca -days -1
sign client /CN=client 'extendedKeyUsage=clientAuth' ca -days 36500
openssl pkcs8 -topk8 -in client-key.pem -passout pass:correct-horse -out client-key-encrypted.pem
openssl ec -in client-key.pem -out client-key-traditional.pem
rm ca-key.pem other-ca-key.pem ca.srl other-ca.srl misnamed-key.pem expired-key.pem 2> /dev/null || true
