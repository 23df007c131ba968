/** Drawing of results onto pictures. */
package org.yolotorch.internal.render;
