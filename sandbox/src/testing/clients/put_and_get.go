// One PutLogs and one GetLogs with nothing but the standard library, as the SDK for Go sends them.
//
// Usage: go run put_and_get.go URL HOST ACCESS_KEY_ID ACCESS_KEY_SECRET
// URL is where to send it, HOST the header, which names the project. What is in the environment decides
// of proxies and certificates. Prints the answer of GetLogsV2, as it is for a client that takes no
// compression.
package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"sort"
	"strings"
	"time"
)

var url, host, keyID, secret = os.Args[1], os.Args[2], os.Args[3], os.Args[4]

func varint(value uint64) []byte {
	out := make([]byte, binary.MaxVarintLen64)
	return out[:binary.PutUvarint(out, value)]
}

func field(number uint64, content []byte) []byte {
	return append(append(varint(number<<3|2), varint(uint64(len(content)))...), content...)
}

func logGroup(contents [][2]string, topic string) []byte {
	log := append(varint(1<<3), varint(uint64(time.Now().Unix()))...)
	for _, content := range contents {
		pair := append(field(1, []byte(content[0])), field(2, []byte(content[1]))...)
		log = append(log, field(2, pair)...)
	}
	return append(field(1, log), field(3, []byte(topic))...)
}

// Literals only, which is a block like any other: what the SDK sends of what does not get smaller.
func lz4Block(raw []byte) []byte {
	out := []byte{0xf0}
	length := len(raw) - 15
	for ; length >= 255; length -= 255 {
		out = append(out, 255)
	}
	return append(append(out, byte(length)), raw...)
}

func call(method, path string, headers map[string]string, body []byte) string {
	headers["Date"] = time.Now().UTC().Format(http.TimeFormat)
	headers["x-log-apiversion"] = "0.6.0"
	headers["x-log-signaturemethod"] = "hmac-sha1"
	headers["Content-MD5"] = fmt.Sprintf("%X", md5.Sum(body))
	var names []string
	for name := range headers {
		if strings.HasPrefix(name, "x-log-") {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	lines := []string{method, headers["Content-MD5"], headers["Content-Type"], headers["Date"]}
	for _, name := range names {
		lines = append(lines, name+":"+headers[name])
	}
	mac := hmac.New(sha1.New, []byte(secret))
	mac.Write([]byte(strings.Join(append(lines, path), "\n")))
	signature := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	headers["Authorization"] = "LOG " + keyID + ":" + signature

	request, err := http.NewRequest(method, url+path, bytes.NewReader(body))
	check(err)
	request.Host = host
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	client := http.Client{Timeout: 10 * time.Second}
	response, err := client.Do(request)
	check(err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	check(err)
	if response.StatusCode != http.StatusOK {
		check(fmt.Errorf("%s: %s", response.Status, answer))
	}
	return string(answer)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	raw := logGroup([][2]string{{"client", "go"}, {"host", host}, {"text", "ünïcode 测试"}}, "clients")
	call("POST", "/logstores/results", map[string]string{
		"Content-Type":       "application/x-protobuf",
		"x-log-compresstype": "lz4",
		"x-log-bodyrawsize":  fmt.Sprint(len(raw)),
	}, lz4Block(raw))
	now := time.Now().Unix()
	search := fmt.Sprintf(
		`{"topic":"","line":100,"offset":0,"reverse":false,"powerSql":false,"from":%d,"to":%d,"query":"client: go and host: \"%s\"","fromNs":0,"toNs":0,"highlight":false}`,
		now-60, now+60, host)
	fmt.Println(call("POST", "/logstores/results/logs", map[string]string{
		"Content-Type":      "application/json",
		"Accept-Encoding":   "identity",
		"x-log-bodyrawsize": fmt.Sprint(len(search)),
	}, []byte(search)))
}
