package certs

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"io"
)

// RunRequest reads a commonName with organizations as JSON and writes a new key and a certificate
// signing request for it, for authorities other than ours.
func RunRequest(in io.Reader, out io.Writer) error {
	var wanted struct {
		CommonName    string   `json:"commonName"`
		Organizations []string `json:"organizations"`
	}
	if err := json.NewDecoder(in).Decode(&wanted); err != nil {
		return err
	}
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{
		Subject: pkix.Name{CommonName: wanted.CommonName, Organization: wanted.Organizations},
	}, private)
	if err != nil {
		return err
	}
	key, err := encodeKey(private)
	if err != nil {
		return err
	}
	request := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der})
	// Byte slices become base64, which is how kubeconfigs and the certificates API carry them.
	return json.NewEncoder(out).Encode(map[string][]byte{"key": key, "request": request})
}
