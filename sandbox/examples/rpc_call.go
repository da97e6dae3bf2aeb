// One call of an RPC product with nothing but the standard library: signature version 1.0, HMAC-SHA1.
//
// Usage: go run rpc_call.go URL VERSION ACTION ACCESS_KEY_ID ACCESS_KEY_SECRET
// What is in the environment decides of proxies and certificates. Prints the answer.
package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// RFC 3986, where net/url encodes as forms do.
func encode(text string) string {
	return strings.NewReplacer("+", "%20", "*", "%2A", "%7E", "~").Replace(url.QueryEscape(text))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	target, version, action, keyID, secret := os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5]
	nonce := make([]byte, 16)
	_, err := rand.Read(nonce)
	check(err)
	parameters := url.Values{
		"Action":           {action},
		"Version":          {version},
		"Format":           {"JSON"},
		"AccessKeyId":      {keyID},
		"SignatureMethod":  {"HMAC-SHA1"},
		"SignatureVersion": {"1.0"},
		"SignatureNonce":   {hex.EncodeToString(nonce)},
		"Timestamp":        {time.Now().UTC().Format("2006-01-02T15:04:05Z")},
	}
	// Encode sorts by name; of these values none has a character that forms encode in another way.
	text := "POST&" + encode("/") + "&" + encode(parameters.Encode())
	mac := hmac.New(sha1.New, []byte(secret+"&"))
	mac.Write([]byte(text))
	parameters.Set("Signature", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	client := http.Client{Timeout: 10 * time.Second}
	response, err := client.PostForm(target+"/", parameters)
	check(err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	check(err)
	if response.StatusCode != http.StatusOK {
		check(fmt.Errorf("%s: %s", response.Status, answer))
	}
	fmt.Println(string(answer))
}
