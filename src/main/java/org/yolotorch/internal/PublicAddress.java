// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Distinguishes public internet addresses from those of this machine and of private networks. */
final class PublicAddress {
  private PublicAddress() {}

  /**
   * Looks a host up. The connection that follows takes the same addresses: Java keeps an answer of
   * the name service for a while.
   *
   * @throws WebFile.BadRedirect if one of its addresses is not public
   * @throws WebFile.Unreachable if it has none
   */
  static void check(String host) throws WebFile.BadRedirect, WebFile.Unreachable {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!isPublic(address)) {
          throw new WebFile.BadRedirect(
              WebFile.printable(host)
                  + " is at "
                  + address.getHostAddress()
                  + ", which is no address of the public internet");
        }
      }
    } catch (UnknownHostException e) {
      throw new WebFile.Unreachable(
          WebFile.printable(host) + " cannot be reached (unknown host)", e);
    }
  }

  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    if (bytes.length == 4) {
      return !(first == 0
          || first == 100 && second >= 64 && second < 128 // shared by customers of a provider
          || first == 192 && second == 0 && bytes[2] == 0
          || first == 198 && (second == 18 || second == 19)
          || first >= 240);
    }
    // Only the global part; of that not what wraps an address of the fourth version.
    boolean global = (first & 0xE0) == 0x20;
    boolean wraps = first == 0x20 && (second == 2 || second == 1 && bytes[2] == 0 && bytes[3] == 0);
    return global && !wraps;
  }
}
