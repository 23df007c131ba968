/**
 * The calls to the native library: ownership of models, packing of pictures, reading of results.
 */
package org.yolotorch.internal.bridge;
