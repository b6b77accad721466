// Checks an exported log with Go's own code: golang.org/x/mod/sumdb/note and tlog.
// Usage: main FOLDER KEY; prints the size of the log, or what is wrong with it.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type tiles struct{ folder string }

func (t tiles) Height() int                           { return 8 }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte)   {}
func (t tiles) path(tile tlog.Tile) string            { return strings.Replace(tile.Path(), "tile/8/", "tile/", 1) }
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		data, err := os.ReadFile(filepath.Join(t.folder, t.path(tile)))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func check(folder, key string) (int64, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return 0, err
	}
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return 0, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return 0, err
	}
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return 0, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil {
		return 0, err
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	hashes := tlog.TileHashReader(tree, tiles{folder})
	computed, err := tlog.TreeHash(size, hashes)
	if err != nil || computed != tree.Hash {
		return 0, fmt.Errorf("root: %v", err)
	}
	return size, checkEntries(folder, size, hashes)
}

func checkEntries(folder string, size int64, hashes tlog.HashReader) error {
	for first := int64(0); first < size; first += 256 {
		tile := tlog.Tile{H: 8, L: 0, N: first / 256, W: int(min(256, size-first))}
		name := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		bundle, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		var indexes []int64
		for place := range tile.W {
			indexes = append(indexes, tlog.StoredHashIndex(0, first+int64(place)))
		}
		kept, err := hashes.ReadHashes(indexes)
		if err != nil {
			return err
		}
		rest := bytes.NewBuffer(bundle)
		for place := range tile.W {
			length := int(binary.BigEndian.Uint16(rest.Next(2)))
			if tlog.RecordHash(rest.Next(length)) != kept[place] {
				return fmt.Errorf("entry %d", first+int64(place))
			}
		}
		if rest.Len() != 0 {
			return errors.New("a bundle has more than its entries")
		}
	}
	return nil
}

func main() {
	size, err := check(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(size)
}
